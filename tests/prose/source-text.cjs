'use strict';
const ts = require('typescript');

/** The comments of a TypeScript source, each as one text without its marks, with its line. */
function commentsOf(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const ranges = new Map();
  const add = (range) => ranges.set(range.pos, range);
  const visit = (node) => {
    ts.forEachLeadingCommentRange(text, node.getFullStart(), (pos, end) => add({ pos, end }));
    ts.forEachTrailingCommentRange(text, node.getEnd(), (pos, end) => add({ pos, end }));
    node.getChildren(source).forEach(visit);
  };
  visit(source);
  const comments = [];
  let lastLine = -2;
  for (const { pos, end } of [...ranges.values()].sort((a, b) => a.pos - b.pos)) {
    const raw = text.slice(pos, end);
    const line = source.getLineAndCharacterOfPosition(pos).line + 1;
    const words = raw
      .replace(/^\/\*\*?|\*\/$/g, '')
      .split('\n')
      .map((row) => row.replace(/^\s*(\*|\/\/)\s?/, '').trim())
      .join(' ')
      .trim();
    const isNext =
      raw.startsWith('//') && line === lastLine + 1 && comments.length > 0 && comments.at(-1).isLine;
    if (isNext) comments.at(-1).text += ` ${words}`;
    else comments.push({ line, text: words, isLine: raw.startsWith('//') });
    lastLine = raw.startsWith('//') ? line : -2;
  }
  return comments.map((comment) => ({
    ...comment,
    text: comment.text.replace(/`[^`]*`/g, '`'.repeat(2)).replace(/@\w+\s*(\w+)?/g, ''),
  }));
}

/** The names that a source exports, with their lines. */
function exportedNames(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((statement) => {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    const line = source.getLineAndCharacterOfPosition(statement.getStart(source)).line + 1;
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap(({ name }) =>
        ts.isIdentifier(name) ? [{ line, name: name.text }] : [],
      );
    }
    return statement.name ? [{ line, name: statement.name.text }] : [];
  });
}

/** The prose of a Markdown page: its lines without code. */
function proseOf(text) {
  let isCode = false;
  return text.split('\n').flatMap((row, index) => {
    if (/^\s*(```|~~~)/.test(row)) {
      isCode = !isCode;
      return [];
    }
    const words = row
      .replace(/`[^`]*`/g, '``')
      .replace(/\]\([^)]*\)/g, ']')
      .replace(/^[\s|>*#-]+/, '')
      .trim();
    return isCode || words === '' ? [] : [{ line: index + 1, text: words }];
  });
}

module.exports = { commentsOf, exportedNames, proseOf };
