import { messageOf } from '@souk/shared/errors';
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
  if (isUnsized || isStale) return 1;
  say(`${committedPath} is as composed.`);
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
