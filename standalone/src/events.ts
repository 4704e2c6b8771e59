import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from './event-table.js';

// `npm run events` writes the table by which publishers find subscribers, and a page of the docs. With --check it
// compares instead.

const root = join(__dirname, '../..');

function isStale({ path, text }: { path: string; text: string }): boolean {
  try {
    return readFileSync(join(root, path), 'utf8') !== text;
  } catch {
    return true;
  }
}

const stale = generatedFiles().filter(isStale);
if (process.argv.includes('--check')) {
  for (const { path } of stale) process.stdout.write(`${path} is stale: run "npm run events".\n`);
  if (stale.length > 0) process.exitCode = 1;
} else {
  for (const { path, text } of stale) writeFileSync(join(root, path), text);
}
