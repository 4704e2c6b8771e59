import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '@souk/shared/errors';
import { exists } from '../data-directory.js';
import { loadOrCreateSecret } from '../secret-file.js';
import type { Binaries } from './binaries.js';
import { as } from './os-user.js';
import type { OsUser } from './os-user.js';

const run = promisify(execFile);

/** The password of the database's superuser, made once and kept in DATA_DIR. */
export function clusterPassword(dataDir: string): Promise<string> {
  return loadOrCreateSecret(path.join(dataDir, 'postgres.password'), () =>
    randomBytes(24).toString('base64url'),
  );
}

/**
 * Makes a new cluster in `dir`, if it holds none: beside it first, so that a killed process leaves no half of one.
 * @returns whether it was made.
 */
export async function initialise(
  dir: string,
  binaries: Binaries,
  user: OsUser,
  password: string,
  durable: boolean,
): Promise<boolean> {
  if (await exists(path.join(dir, 'PG_VERSION'))) return false;
  const draft = `${dir}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  if (user.ids) await chown(draft, user.ids.uid, user.ids.gid);

  // initdb reads the password from a file, as its own user, which may not reach DATA_DIR.
  const drawer = await mkdtemp(path.join(tmpdir(), 'souk-initdb-'));
  const passwordFile = path.join(drawer, 'password');
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (user.ids) {
      await chown(passwordFile, user.ids.uid, user.ids.gid);
      await chown(drawer, user.ids.uid, user.ids.gid);
    }
    const flags = [
      `--pgdata=${draft}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // PostgreSQL's own locale: the same order of texts on every machine, and no locale to install.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--wal-segsize=4',
      ...(durable ? [] : ['--no-sync']),
    ];
    await run(binaries.initdb, flags, { ...as(user), timeout: 120_000 });
    await rename(draft, dir);
  } catch (error) {
    throw new Error(`The database could not be initialised in ${dir}: ${messageOf(error)}`, { cause: error });
  } finally {
    await rm(drawer, { recursive: true, force: true });
  }
  return true;
}
