import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingPaths } from './documented-paths.js';

const root = join(__dirname, '../..');
const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8', maxBuffer: 16_000_000 })
  .split('\n')
  .filter(Boolean);
// Decision records and the changelog describe earlier states. api-reference.test.ts checks the generated pages, and the
// introduction is one of their sources.
const pages = files.filter(
  (path) =>
    path.endsWith('.md') &&
    !/^(docs\/decisions\/0|CHANGELOG|docs\/api\/(operations|types)\/|reference\/)/.test(path),
);

test('the pages that guide a reader are checked', () => {
  for (const page of ['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/glossary.md'])
    expect(pages).toContain(page);
});

test.each(pages)('every path named in %s exists', (page) => {
  expect(missingPaths(page, readFileSync(join(root, page), 'utf8'), files)).toEqual([]);
});

const planted: readonly (readonly [string, string])[] = [
  ['`gateway/src/http/door.ts`', 'gateway/src/http/door.ts'],
  ['the folder `shared/src/house/`', 'shared/src/house/'],
  ['[why](docs/decisions/9999-nothing.md)', 'docs/decisions/9999-nothing.md'],
  ['`workers/orders.ts`', 'workers/orders.ts'],
  ['`subgraphs/*/src/scheme.graphql`', 'subgraphs/*/src/scheme.graphql'],
  ['```\ngateway/          the endpoint\ndoorway/          nothing\n```', 'doorway/'],
];

test.each(planted)('a path that does not exist is found: %j', (text, path) => {
  expect(missingPaths('README.md', text, files)).toEqual([path]);
});

test('what is no path of the repository is ignored', () => {
  const text =
    '`/graphql`, `text/event-stream`, `@souk/shared/db/database`, `http://localhost:4000/`, `*.ts` and ' +
    '`subgraphs/*/src/schema.graphql`, `<participant>.ts`, `a < b`, `docs/`, [here](#top), [web](https://a.example/b.ts)';
  expect(missingPaths('README.md', text, files)).toEqual([]);
});
