import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(__dirname, '../..');
const timeoutMs = 60_000;

/** The manifest of a package, as far as its users depend on it. */
export interface PackageManifest {
  name: string;
  private?: boolean;
  license?: string;
  exports: Record<string, { types: string; default: string } | string | null>;
  dependencies: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** The client's package, unpacked for a program in `directory`. */
export interface InstalledClient {
  manifest: PackageManifest;
  /** Paths in the package. */
  files: string[];
}

/**
 * Packs the client as `npm publish` does and unpacks it into the `node_modules` of `directory`, beside its dependencies
 * and TypeScript's types of Node.
 */
export async function installClient(directory: string): Promise<InstalledClient> {
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', directory], {
    cwd: join(root, 'client'),
    timeout: timeoutMs,
  });
  const [packed] = JSON.parse(stdout) as { filename: string }[];
  const target = join(directory, 'node_modules/@souk/client');
  await mkdir(target, { recursive: true });
  const archive = join(directory, packed?.filename ?? '');
  await run('tar', ['-xzf', archive, '-C', target, '--strip-components=1'], { timeout: timeoutMs });
  const manifest = JSON.parse(await readFile(join(target, 'package.json'), 'utf8')) as PackageManifest;
  for (const name of [...Object.keys(manifest.dependencies), 'graphql', '@types/node', 'undici-types']) {
    const link = join(directory, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(root, 'node_modules', name), link);
  }
  const entries = await readdir(target, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(target.length + 1));
  return { manifest, files: files.sort() };
}

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
