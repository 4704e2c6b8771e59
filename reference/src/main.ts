import { messageOf } from '@souk/shared/errors';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { referencePages } from './reference.js';

// `npm run docs:api` writes docs/api. With --check it compares instead.

const root = join(__dirname, '../..');
const folder = join(root, 'docs/api');

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The committed pages; examples are sources. */
function committedPaths(): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => path.endsWith('.md'));
}

function isStale(path: string, text: string): boolean {
  try {
    return readFileSync(join(folder, path), 'utf8') !== text;
  } catch {
    return true;
  }
}

async function main(): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const pages = await referencePages(root);
  const stale = [...pages].filter(([path, text]) => isStale(path, text));
  const left = committedPaths().filter((path) => !pages.has(path));
  if (process.argv.includes('--check')) {
    for (const path of [...stale.map(([stalePath]) => stalePath), ...left].slice(0, 20))
      say(`docs/api/${path} is stale.`);
    if (stale.length + left.length > 0) say('Run "npm run docs:api" and commit docs/api.');
    return stale.length + left.length > 0 ? 1 : 0;
  }
  for (const [path, text] of stale) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const path of left) rmSync(join(folder, path));
  say(`docs/api: ${pages.size} pages, ${stale.length} written, ${left.length} removed.`);
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
