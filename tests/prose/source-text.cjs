'use strict';
const ts = require('typescript');

/** The comments of a TypeScript source, each as one text without its marks, with its line. */
function commentsOf(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const ranges = new Map();
  // Returns nothing: a truthy value would end the search after the first comment.
  const add = (range) => void ranges.set(range.pos, range);
  const visit = (node) => {
    ts.forEachLeadingCommentRange(text, node.getFullStart(), (pos, end) => add({ pos, end }));
    ts.forEachTrailingCommentRange(text, node.getEnd(), (pos, end) => add({ pos, end }));
    node.getChildren(source).forEach(visit);
  };
  visit(source);
  const comments = [];
  let last = null;
  for (const { pos, end } of [...ranges.values()].sort((a, b) => a.pos - b.pos)) {
    const raw = text.slice(pos, end);
    const isLine = raw.startsWith('//');
    const { line: row } = source.getLineAndCharacterOfPosition(pos);
    const startsLine = text.slice(text.lastIndexOf('\n', pos - 1) + 1, pos).trim() === '';
    const words = raw
      .replace(/^\/\*\*?|\*\/$/g, '')
      .split('\n')
      .map((part) => part.replace(/^\s*(\*|\/\/)\s?/, '').trim())
      .join(' ')
      .trim();
    if (isLine && startsLine && last?.startsLine && last.row === row - 1) comments.at(-1).text += ` ${words}`;
    else comments.push({ line: row + 1, text: words, isLine });
    last = isLine ? { row, startsLine } : null;
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
