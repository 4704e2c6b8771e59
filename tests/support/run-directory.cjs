'use strict';
const { spawn } = require('node:child_process');
const { chmodSync, mkdirSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { commandOf, startTimeOf } = require('../../standalone/dist/process-table.js');

// A test run has a temporary directory of its own, named by its process. A watchdog outlives the run, however that ends,
// kills the processes that it left, and removes the directory.

/** The name of a run's directory: pid and start time of its owner. */
const runName = /^souk-run-(\d+)-(\d+)$/;

const watchdog = path.join(__dirname, 'run-watchdog.cjs');

/**
 * Makes the directory of this run, and makes it the temporary directory of this process and its children. A nested run
 * uses the one that it is in.
 * @returns the directory
 */
async function openRunDirectory() {
  if (process.env.SOUK_TEST_RUN) return process.env.SOUK_TEST_RUN;
  if (await isOrphaned()) process.exit(143);
  const parent = tmpdir();
  const owner = `${process.pid}-${(await startTimeOf(process.pid)) ?? Date.now()}`;
  const directory = path.join(parent, `souk-run-${owner}`);
  mkdirSync(directory);
  // Under root the database's user must pass.
  chmodSync(directory, 0o711);
  process.env.SOUK_TEST_RUN = directory;
  // For files that should outlive the run.
  process.env.SOUK_TEST_KEEP = parent;
  process.env.TMPDIR = directory;
  // npm forwards SIGTERM only to the shell in between, whose end orphans this process.
  const shell = process.env.npm_lifecycle_event === undefined ? [] : [String(process.ppid)];
  spawn(process.execPath, [watchdog, directory, ...shell], {
    // A session of its own: Ctrl-C must not reach it. Its environment must not match its own search.
    detached: true,
    stdio: 'ignore',
    cwd: path.parse(directory).root,
    env: { PATH: process.env.PATH },
  }).unref();
  return directory;
}

/** Whether npm was ended while this process started: its parent is then the system's first process. */
async function isOrphaned() {
  if (process.env.npm_lifecycle_event === undefined || process.ppid !== 1) return false;
  return !(await commandOf(1))?.includes('npm');
}

module.exports = { openRunDirectory, runName };
