'use strict';
const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { nameProblems, sentenceProblems } = require('./rules.cjs');
const { commentsOf, exportedNames, proseOf } = require('./source-text.cjs');

const root = join(__dirname, '../..');
const [only = ''] = process.argv.slice(2);
// Generated, or words of others.
const skipped =
  /(^|\/)generated\/|^docs\/api\/(operations|types)\/|^LICENSE|^CHANGELOG\.md$|^tests\/prose\/|package-lock/;

const problems = [];
const report = (path, line, found) => {
  for (const { rule, words, advice } of found)
    problems.push(`${path}:${line} ${rule}: "${words}" (${advice})`);
};
const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((path) => /\.(ts|md)$/.test(path) && !skipped.test(path) && path.startsWith(only));
for (const path of files) {
  const text = readFileSync(join(root, path), 'utf8');
  report(
    path,
    1,
    path.split('/').flatMap((part) => nameProblems(part.replace(/^\d+-/, ''))),
  );
  if (path.endsWith('.md')) {
    for (const { line, text: prose } of proseOf(text)) report(path, line, sentenceProblems(prose));
    continue;
  }
  for (const { line, text: comment } of commentsOf(path, text)) report(path, line, sentenceProblems(comment));
  for (const { line, name } of exportedNames(path, text)) report(path, line, nameProblems(name));
}
for (const problem of problems) console.log(problem);
console.log(`${problems.length} problems in ${files.length} files`);
process.exitCode = problems.length > 0 ? 1 : 0;
