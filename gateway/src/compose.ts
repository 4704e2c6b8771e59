import { messageOf } from '@souk/shared/errors';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiChanges, compose, readSources } from './supergraph/composition.js';
import { unsizedLists } from './limits/list-sizes.js';

const root = join(__dirname, '../..');
const committedPath = 'gateway/supergraph.graphql';
const file = join(root, committedPath);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The file as a commit has it, or null where there is no such commit or file, or no git. */
function atCommit(commit: string): string | null {
  try {
    return execFileSync('git', ['show', `${commit}:${committedPath}`], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 10_000,
      maxBuffer: 64_000_000,
    });
  } catch {
    return null;
  }
}

/** The supergraph to compare with: the last commit's, or the one before if the last commit has the new one already. */
function lastCommitted(composed: string): string | null {
  const head = atCommit('HEAD');
  return head === composed ? atCommit('HEAD~1') : head;
}

async function checkStale(composed: string): Promise<boolean> {
  const committed = existsSync(file) ? readFileSync(file, 'utf8') : null;
  if (committed === composed) return false;
  say(`${committedPath} is stale: run "npm run compose".`);
  if (committed !== null) {
    const changes = await apiChanges(committed, composed);
    for (const { message } of changes.slice(0, 20)) say(`  ${message}`);
    if (changes.length > 20) say(`  ... and ${changes.length - 20} more`);
    if (changes.length === 0) say('  The API is the same; how it is joined has changed.');
  }
  return true;
}

async function checkBreaking(composed: string): Promise<boolean> {
  const before = lastCommitted(composed);
  if (before === null) {
    say(`No earlier ${committedPath} to compare with: breaking changes were not looked for.`);
    return false;
  }
  const breaking = (await apiChanges(before, composed)).filter(({ isBreaking }) => isBreaking);
  if (breaking.length === 0) return false;
  say('Clients would break:');
  for (const { message } of breaking) say(`  ${message}`);
  return true;
}

/** The estimate of an operation's cost must know how long each list may be. */
function checkListSizes(composed: string): boolean {
  const unsized = unsizedLists(composed);
  if (unsized.length === 0) return false;
  say('Lists without @listSize:');
  for (const field of unsized) say(`  ${field}`);
  return true;
}

async function main(): Promise<number> {
  const composed = compose(readSources(join(root, 'supergraph.yaml')));
  const isUnsized = checkListSizes(composed);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, composed);
    say(`${committedPath} is written.`);
    return isUnsized ? 1 : 0;
  }
  const isStale = await checkStale(composed);
  const isBreaking = await checkBreaking(composed);
  if (isUnsized || isStale || isBreaking) return 1;
  say(`${committedPath} is as composed, and breaks no client.`);
  return 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  },
);
