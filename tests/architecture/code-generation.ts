import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './architecture.js';

/** The workspaces whose dependencies run in the product's processes. */
const workspaces = ['shared', 'gateway', 'standalone', 'stripe-simulator'].concat(
  readdirSync(join(root, 'subgraphs')).map((name) => `subgraphs/${name}`),
);

/** Text that becomes code. `Function` alone, as a type or a value to compare with, is none. */
const generator =
  /\bnew Function\b|(?<![.\w$])Function\(|(?<![.\w$])eval\(|(?:require\(|from )["'](?:node:)?vm["']|\bconst F = Function;|\bset(?:Timeout|Interval)\(\s*["'`]/;

/** Whether a source has a statement that makes code from text; comments do not count. */
export function generatesCode(source: string): boolean {
  return source.split('\n').some((line) => generator.test(line) && !/^\s*(\*|\/\/|\/\*)/.test(line));
}

interface Manifest {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/** Directories of all packages that the product depends on, directly or not. */
export function productDependencies(): Map<string, string> {
  const found = new Map<string, string>();
  const waiting = workspaces.map((path) => join(root, path));
  for (let directory = waiting.pop(); directory !== undefined; directory = waiting.pop()) {
    const { dependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(directory, 'package.json'), 'utf8'),
    ) as Manifest;
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const installed = find(directory, name);
      if (installed === null || found.has(installed) || name.startsWith('@souk/')) continue;
      found.set(installed, name);
      waiting.push(installed);
    }
  }
  return found;
}

function find(from: string, name: string): string | null {
  const inside = join(from, 'node_modules', name);
  if (existsSync(join(inside, 'package.json'))) return inside;
  if (from.length <= root.length) return null;
  return find(join(from, '..'), name);
}

/** Directories whose files run in no process of ours: other packages, tests, and what browsers are sent. */
const elsewhere = new Set(['node_modules', 'test', 'tests', 'benchmarks', 'browser', 'static']);

/** The script files of a package, as far as they run on a server. */
export function scriptsOf(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return elsewhere.has(entry.name) ? [] : scriptsOf(path);
    return /\.(js|cjs|mjs)$/.test(entry.name) ? [path] : [];
  });
}
