import { readFileSync } from 'node:fs';
import { productFiles } from './architecture.js';
import { generatesCode, productDependencies, scriptsOf } from './code-generation.js';

/**
 * Dependencies that have statements which make code from text, each looked through: docs/decisions/0032 says from which
 * text. None of it is of a client. Another one fails here, until somebody has looked.
 */
const reviewed: Readonly<Record<string, string>> = {
  '@apollo/protobufjs': 'not loaded: usage reports to Apollo are off',
  '@bull-board/api': 'a constant text',
  '@protobufjs/codegen': 'not loaded: usage reports to Apollo are off',
  '@sinclair/typebox': 'not loaded: of a formatter of test results',
  'async-function': 'a constant text',
  'async-generator-function': 'a constant text',
  brotli: 'not loaded: its encoder; fonts are decompressed only',
  depd: 'names of arguments, by their number',
  ejs: "the queue dashboard's own page, for administrators",
  'function-bind': 'names of arguments, by their number',
  'generator-function': 'a constant text',
  lodash: 'a constant text; its templates are not called',
  'lodash.sortby': 'a constant text',
  msgpackr: 'not called: BullMQ packs, and unpacks nothing',
  'object.assign': 'not loaded: a bundle for browsers',
  pdfkit: 'not loaded: a bundle for browsers',
  qs: 'not loaded: a bundle for browsers',
  'real-require': "a constant text, for the logger's transports",
  'reflect-metadata': 'a constant text',
  typeorm: 'a constant text',
  zod: 'names of the fields of our own schemas',
};

describe('code generation from text', () => {
  it.each([
    "const f = new Function('a', body);",
    'return eval(text);',
    "const vm = require('node:vm');",
    "import { runInThisContext } from 'vm';",
    "return Function('return this')();",
    "setTimeout('work()', 10);",
  ])('is recognized: %s', (source) => expect(generatesCode(`const a = 1;\n${source}\n`)).toBe(true));

  it('does not occur in our sources', () => {
    const ours = productFiles().filter(({ text }) => generatesCode(text));
    expect(ours.map(({ path }) => path)).toEqual([]);
  });

  it('occurs in no dependency without a review', () => {
    const found = new Set<string>();
    for (const [directory, name] of productDependencies()) {
      if (found.has(name)) continue;
      if (scriptsOf(directory).some((path) => generatesCode(readFileSync(path, 'utf8')))) found.add(name);
    }
    expect([...found].filter((name) => !(name in reviewed))).toEqual([]);
    expect(Object.keys(reviewed).filter((name) => !found.has(name))).toEqual([]);
  });
});
