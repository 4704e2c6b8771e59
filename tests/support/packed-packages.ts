import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(__dirname, '../..');
const timeoutMs = 120_000;
/** Dependencies of compilers and peers, beside those of the packages. */
const always = ['graphql', '@types/node', 'undici-types'];

/** The manifest of a package, as far as its users depend on it. */
export interface PackageManifest {
  name: string;
  private?: boolean;
  license?: string;
  exports: Record<string, { types: string; default: string } | string | null>;
  dependencies: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** A package, unpacked for a program in a directory. */
export interface PackedPackage {
  manifest: PackageManifest;
  /** Paths in the package. */
  files: string[];
}

/**
 * Packs workspaces as `npm publish` does and unpacks them into the `node_modules` of `directory`. Their dependencies are
 * links to those of this repository.
 * @param workspaces folders, from the root
 */
export async function installPacked(
  directory: string,
  workspaces: readonly string[],
): Promise<PackedPackage[]> {
  const selected = workspaces.flatMap((folder) => ['--workspace', folder]);
  const { stdout } = await run(
    'npm',
    ['pack', ...selected, '--ignore-scripts', '--json', '--pack-destination', directory],
    { cwd: root, timeout: timeoutMs, maxBuffer: 64_000_000 },
  );
  const archives = JSON.parse(stdout) as { name: string; filename: string }[];
  const unpacked: PackedPackage[] = [];
  for (const folder of workspaces) {
    const { name } = JSON.parse(
      await readFile(join(root, folder, 'package.json'), 'utf8'),
    ) as PackageManifest;
    const archive = archives.find((one) => one.name === name);
    unpacked.push(await unpack(directory, { name, filename: archive?.filename ?? '', folder }));
  }
  return unpacked;
}

async function unpack(
  directory: string,
  { name, filename, folder }: { name: string; filename: string; folder: string },
): Promise<PackedPackage> {
  const target = join(directory, 'node_modules', name);
  await mkdir(target, { recursive: true });
  await run('tar', ['-xzf', join(directory, filename), '-C', target, '--strip-components=1'], {
    timeout: timeoutMs,
  });
  const manifest = JSON.parse(await readFile(join(target, 'package.json'), 'utf8')) as PackageManifest;
  const entries = await readdir(target, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(target.length + 1));
  // A version of its own, where this repository has several.
  const own = await readdir(join(root, folder, 'node_modules')).catch(() => []);
  if (own.length > 0) await symlink(join(root, folder, 'node_modules'), join(target, 'node_modules'));
  const others = Object.keys(manifest.dependencies).filter(
    (dependency) => !/^(@souk\/|souk-)/.test(dependency),
  );
  for (const dependency of [...others, ...always]) {
    const link = join(directory, 'node_modules', dependency);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(root, 'node_modules', dependency), link).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }
  return { manifest, files: files.sort() };
}
