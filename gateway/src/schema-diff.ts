import { messageOf } from '@souk/shared/errors';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { structuralChanges, withoutDescriptions } from './supergraph/composition.js';

// `npm run schema:diff -- BEFORE [AFTER]`: compares the schemas of two commits without their descriptions. Exits with 1
// if anything else differs: the check for a change that is meant to change descriptions only.

const root = join(__dirname, '../..');
const supergraphPath = 'gateway/supergraph.graphql';
const schemaFile = /^(gateway\/supergraph|subgraphs\/[^/]+\/src\/schema|shared\/src\/graph\/[^/]+)\.graphql$/;

function git(...parameters: string[]): string {
  return execFileSync('git', parameters, {
    cwd: root,
    encoding: 'utf8',
    timeout: 10_000,
    maxBuffer: 64_000_000,
  });
}

/** The schema files of a commit, by path. */
function schemasAt(commit: string): Map<string, string> {
  const paths = git('ls-tree', '-r', '--name-only', commit).split('\n');
  return new Map(
    paths.filter((path) => schemaFile.test(path)).map((path) => [path, git('show', `${commit}:${path}`)]),
  );
}

async function main(): Promise<boolean> {
  const [before, after = 'HEAD'] = process.argv.slice(2);
  if (before === undefined) throw new Error('Usage: npm run schema:diff -- BEFORE [AFTER]');
  const [old, current] = [schemasAt(before), schemasAt(after)];
  const differing = [...new Set([...old.keys(), ...current.keys()])].filter(
    (path) => withoutDescriptions(old.get(path) ?? '') !== withoutDescriptions(current.get(path) ?? ''),
  );
  const changes = await structuralChanges(old.get(supergraphPath) ?? '', current.get(supergraphPath) ?? '');
  for (const path of differing) process.stdout.write(`${path} differs in more than descriptions\n`);
  for (const { isBreaking, message } of changes) {
    process.stdout.write(`  ${isBreaking ? 'breaking: ' : ''}${message}\n`);
  }
  const isSame = differing.length === 0 && changes.length === 0;
  if (isSame) process.stdout.write(`${before} and ${after} differ in descriptions at most\n`);
  return isSame;
}

main().then(
  (isSame) => {
    process.exitCode = isSame ? 0 : 1;
  },
  (error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 2;
  },
);
