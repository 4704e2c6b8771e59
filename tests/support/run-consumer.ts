import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(__dirname, '../..');
const timeoutMs = 60_000;

/** Compiles a TypeScript program in strict mode and runs it. Returns its output. @throws if it does not compile or fails */
export async function runConsumer(
  directory: string,
  source: string,
  parameters: readonly string[],
): Promise<string> {
  await writeFile(join(directory, 'package.json'), '{ "type": "module" }');
  await writeFile(join(directory, 'consumer.ts'), source);
  const options = [
    '--strict',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--types',
    'node',
    '--outDir',
    'out',
  ];
  await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options, 'consumer.ts'], {
    cwd: directory,
    timeout: timeoutMs,
  }).catch((error: unknown) => {
    throw new Error(`The program does not compile: ${(error as { stdout: string }).stdout}`, {
      cause: error,
    });
  });
  const { stdout } = await run(process.execPath, ['out/consumer.js', ...parameters], {
    cwd: directory,
    timeout: timeoutMs,
  });
  return stdout;
}
