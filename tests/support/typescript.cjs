'use strict';
// Lets a process of a test run TypeScript: `node --require typescript.cjs program.ts`.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { transformSync } = require('@swc/core');

const options = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true },
    target: 'es2022',
  },
  module: { type: 'commonjs' },
};

Module._extensions['.ts'] = (module, filename) => {
  module._compile(transformSync(readFileSync(filename, 'utf8'), { ...options, filename }).code, filename);
};

// Sources import each other as `./x.js`, the name that Node sees after the build.
const resolve = Module._resolveFilename;
Module._resolveFilename = (request, parent, ...rest) => {
  const fromSource = parent?.filename?.endsWith('.ts') && /^\.{1,2}\/.*\.js$/.test(request);
  return resolve(fromSource ? request.replace(/\.js$/, '.ts') : request, parent, ...rest);
};
