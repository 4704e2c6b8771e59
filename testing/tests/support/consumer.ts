import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installPacked } from '../../../tests/support/packed-packages';

const run = promisify(execFile);
const root = join(__dirname, '../../..');
const timeoutMs = 300_000;
const subgraphs = ['account', 'catalog', 'order', 'payment', 'social'].map((name) => `subgraphs/${name}`);
/** The kit and the packages that it depends on. */
const workspaces = ['testing', 'client', 'standalone', 'stripe-simulator', 'shared', 'gateway', ...subgraphs];

/** A project outside of this repository that uses the test kit. */
export interface Consumer {
  directory: string;
  /** Writes a file, runs `node --test` on it, and returns its output. @throws with the output if a test fails */
  test(file: string, source: string): Promise<string>;
  /** Runs Jest without a configuration on a CommonJS program. Returns its output. @throws if a test fails */
  jest(file: string, source: string): Promise<string>;
  /** Compiles a TypeScript program in strict mode. Returns the problems, or '' if there are none. */
  compile(file: string, source: string): Promise<string>;
  remove(): Promise<void>;
}

/** Makes an empty project in a temporary directory, with the packed kit as its dependency. */
export async function makeConsumer(): Promise<Consumer> {
  const directory = await mkdtemp(join(tmpdir(), 'souk-consumer-'));
  await writeFile(join(directory, 'package.json'), '{ "type": "module" }');
  await installPacked(directory, workspaces);
  return {
    directory,
    test: async (file, source) => {
      await writeFile(join(directory, file), source);
      return output(process.execPath, ['--test', file], directory);
    },
    jest: async (file, source) => {
      // A folder of its own, with CommonJS modules.
      const folder = join(directory, 'commonjs');
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'package.json'), '{}');
      await writeFile(join(folder, file), source);
      const jest = join(root, 'node_modules/jest/bin/jest.js');
      return output(process.execPath, [jest, '--rootDir', '.', '--ci'], folder);
    },
    compile: async (file, source) => {
      await writeFile(join(directory, file), source);
      const options = ['--strict', '--target', 'es2022', '--module', 'nodenext', '--skipLibCheck', 'false'];
      const libraries = ['--lib', 'es2023,esnext.disposable', '--types', 'node'];
      const compiler = join(root, 'node_modules/typescript/bin/tsc');
      return output(process.execPath, [compiler, ...options, ...libraries, file], directory).catch(
        (error: unknown) => (error as Error).message,
      );
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

async function output(command: string, parameters: string[], cwd: string): Promise<string> {
  const environment = { ...process.env };
  // Of the outer test runner: a `node --test` inside of it would report to it.
  delete environment['NODE_TEST_CONTEXT'];
  try {
    const { stdout, stderr } = await run(command, parameters, { cwd, env: environment, timeout: timeoutMs });
    return `${stdout}${stderr}`;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${stdout}${stderr}`, { cause: error });
  }
}
