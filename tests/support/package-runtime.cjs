'use strict';
const { createRequire, isBuiltin } = require('node:module');
const path = require('node:path');
const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

// Jest loads all modules again for each test file. That was two thirds of a run: more modules of packages than of ours,
// compiled again and not optimized yet. Here Node loads packages, once for all files of a worker; sources stay apart.

/** Packages that hold the state of a process, such as its metrics: each test file has its own. */
const ofProcess = ['prom-client', '@opentelemetry'];

const packages = `${path.sep}node_modules${path.sep}`;
const loadPackage = createRequire(__filename);

function isShared(file) {
  const start = file.lastIndexOf(packages);
  if (start === -1) return false;
  const [scopeOrName] = file.slice(start + packages.length).split(path.sep);
  return !ofProcess.includes(scopeOrName);
}

module.exports = {
  __esModule: true,
  /** Jest's runtime, in the context of the worker: ProcessEnvironment. Mocks replace packages only for our sources. */
  default: class PackageRuntime extends Runtime {
    constructor(...options) {
      super(...options);
      const { executor } = this;
      const { injectedModuleParameters } = executor;
      executor.compile = (source, filename) =>
        compileFunction(source, injectedModuleParameters, { filename });
    }

    requireModule(from, name, options, isRequireActual) {
      if (name !== undefined && !options?.isInternalModule && !isBuiltin(name)) {
        const file = this._resolution.resolveCjs(from, name);
        if (isShared(file)) return loadPackage(file);
      }
      return super.requireModule(from, name, options, isRequireActual);
    }
  },
};
