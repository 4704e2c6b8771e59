import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rmdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { exists, makeDirectory } from '../data-directory.js';
import { as } from './os-user.js';
import type { OsUser } from './os-user.js';

const run = promisify(execFile);

/** Where the database files are. */
export interface ClusterLocation {
  dir: string;
  /** True when it is outside DATA_DIR because the database user cannot access that. */
  elsewhere: boolean;
  /** Directories of earlier databases of this DATA_DIR that nothing refers to. */
  leftBehind: string[];
}

/** The cluster's directory as recorded in DATA_DIR. It may not exist. */
export async function knownClusterDir(dataDir: string): Promise<string> {
  return (await pointedTo(dataDir)) ?? path.join(dataDir, 'postgres');
}

/**
 * Finds or creates a cluster directory that `user` can read and write: `<dataDir>/postgres`, or, if a parent directory is
 * closed to `user`, one outside DATA_DIR whose path is stored in `postgres.location`.
 */
export async function locateCluster(dataDir: string, user: OsUser): Promise<ClusterLocation> {
  const inside = path.join(dataDir, 'postgres');
  if (!user.ids) {
    await mkdir(inside, { recursive: true, mode: 0o700 });
    return { dir: inside, elsewhere: false, leftBehind: [] };
  }

  const pointed = await pointedTo(dataDir);
  if (pointed !== null) {
    await makeOwned(pointed, user);
    if (await canUse(pointed, user)) return { dir: pointed, elsewhere: true, leftBehind: [] };
    throw new Error(`${user.name} cannot use ${pointed}, named by ${pointerFile(dataDir)}.`);
  }

  await makeOwned(inside, user);
  if (await canUse(inside, user)) return { dir: inside, elsewhere: false, leftBehind: [] };
  if (await exists(path.join(inside, 'PG_VERSION'))) {
    throw new Error(
      `${inside} contains a database, but ${user.name}, the user that PostgreSQL runs as, cannot access it any more. Move DATA_DIR back, or allow others to traverse its parent directories (chmod o+x).`,
    );
  }
  await rmdir(inside);
  return outside(dataDir, user);
}

async function outside(dataDir: string, user: OsUser): Promise<ClusterLocation> {
  const mark = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  for (const parent of ['/var/lib/souk/data', path.join(tmpdir(), 'souk', 'data')]) {
    const leftBehind = (await readdir(parent).catch(() => []))
      .filter((name) => name.startsWith(`${mark}-`))
      .map((name) => path.join(parent, name));
    // A new random name each time: a DATA_DIR that was deleted and recreated must start empty.
    const dir = path.join(parent, `${mark}-${randomBytes(4).toString('hex')}`);
    if (!(await makeReachable(dir, user))) continue;
    const draft = `${pointerFile(dataDir)}.new`;
    await writeFile(draft, `${dir}\n`);
    await rename(draft, pointerFile(dataDir));
    return { dir, elsewhere: true, leftBehind };
  }
  throw new Error(
    `${user.name}, the user that PostgreSQL runs as, can access neither ${dataDir} nor /var/lib nor the temporary directory. Choose another DATA_DIR.`,
  );
}

async function makeReachable(dir: string, user: OsUser): Promise<boolean> {
  try {
    // Traversable by everyone; the cluster inside belongs to `user` alone.
    await makeDirectory(path.dirname(dir), 0o755);
    await makeOwned(dir, user);
    return await canUse(dir, user);
  } catch {
    return false;
  }
}

async function makeOwned(dir: string, user: OsUser): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  if (!user.ids) return;
  const { uid } = await stat(dir);
  if (uid !== user.ids.uid) await chown(dir, user.ids.uid, user.ids.gid);
}

/** Runs `test` as `user`: parent directories, mounts and ACLs count, not only this directory's mode. */
async function canUse(dir: string, user: OsUser): Promise<boolean> {
  try {
    await run('test', ['-r', dir, '-a', '-w', dir, '-a', '-x', dir], { ...as(user), timeout: 5000 });
    return true;
  } catch {
    return false;
  }
}

function pointerFile(dataDir: string): string {
  return path.join(dataDir, 'postgres.location');
}

async function pointedTo(dataDir: string): Promise<string | null> {
  try {
    return (await readFile(pointerFile(dataDir), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
