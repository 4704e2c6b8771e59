'use strict';
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { rm } = require('node:fs/promises');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { isAlive, isSame, signal, startTimeOf } = require('../../standalone/dist/process-table.js');
const { runName } = require('./run-directory.cjs');

// node run-watchdog.cjs DIRECTORY [PARENT]: waits until the owner of a run's directory is gone, then clears up after it.
// Ends an owner whose parent is gone. Clears up first after earlier runs whose watchdogs are gone too.

const pollMs = 200;
/** On SIGQUIT PostgreSQL removes its shared memory; on SIGKILL it cannot. */
const quitMs = 2_000;
const patienceMs = 20_000;
/** Time of an orphaned owner to stop the Souks of its run. */
const orphanMs = 10_000;

/** Whether the owner in the directory's name runs. */
async function isOwned(directory) {
  const [, pid, startTime] = runName.exec(path.basename(directory)) ?? [];
  if ((await startTimeOf(process.pid)) === null) return isAlive(Number(pid));
  return isSame(Number(pid), startTime);
}

/** Directories outside that PostgreSQL's user needed, as the launcher recorded them. */
function databasesOutside(directory) {
  const recorded = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('postgres.location'),
  );
  return recorded.map((file) => readFileSync(path.join(directory, file), 'utf8').trim());
}

/** Processes of a run: their environment names its directory, or they are PostgreSQL on a database in it. */
function processesOf(directory, outside) {
  // Without /proc (macOS) nothing shows which processes belong to a run.
  if (!existsSync('/proc/self/environ')) return [];
  const inside = [`TMPDIR=${directory}/`, `DATA_DIR=${directory}/`];
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) return [];
    try {
      const variables = readFileSync(`/proc/${entry}/environ`, 'utf8').split('\0');
      const [program = '', ...parameters] = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0');
      const isPostgres = path.basename(program) === 'postgres';
      const isOn = (place) => parameters.some((parameter) => `${parameter}/`.startsWith(`${place}/`));
      const isOfRun =
        variables.some((variable) => inside.some((start) => `${variable}/`.startsWith(start))) ||
        (isPostgres && [directory, ...outside].some(isOn));
      return isOfRun ? [{ pid: Number(entry), isPostgres }] : [];
    } catch {
      // It has ended, or belongs to another user.
      return [];
    }
  });
}

async function clear(directory) {
  let outside = [];
  try {
    outside = databasesOutside(directory);
  } catch {
    // Files change while processes still run; those of the last pass count.
  }
  const started = performance.now();
  for (;;) {
    const found = processesOf(directory, outside);
    if (found.length === 0 || performance.now() - started > patienceMs) break;
    const isLate = performance.now() - started > quitMs;
    for (const { pid, isPostgres } of found) signal(pid, isPostgres && !isLate ? 'SIGQUIT' : 'SIGKILL');
    await sleep(pollMs);
  }
  for (const place of [...outside, directory]) {
    await rm(place, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

function ownerOf(directory) {
  return Number(runName.exec(path.basename(directory))?.[1]);
}

async function main(directory, parent) {
  const siblings = path.dirname(directory);
  for (const name of readdirSync(siblings)) {
    const other = path.join(siblings, name);
    // A directory with any other name belongs to another program.
    if (!runName.test(name) || other === directory || (await isOwned(other))) continue;
    await clear(other).catch(() => undefined);
  }
  const parentStart = parent === undefined ? null : await startTimeOf(parent);
  let orphanedAt = null;
  while (await isOwned(directory)) {
    if (parentStart !== null && !(await isSame(parent, parentStart))) {
      if (orphanedAt === null) signal(ownerOf(directory), 'SIGTERM');
      orphanedAt ??= performance.now();
      if (performance.now() - orphanedAt > orphanMs) signal(ownerOf(directory), 'SIGKILL');
    }
    await sleep(pollMs);
  }
  await clear(directory);
}

const [directory, parent] = process.argv.slice(2);
void main(directory, parent === undefined ? undefined : Number(parent));
