import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '@souk/shared/errors';
import { exists } from '../data-directory.js';
import { loadOrCreateSecret } from '../secret-file.js';
import type { Binaries } from './binaries.js';
import { as } from './os-user.js';
import type { OsUser } from './os-user.js';

const run = promisify(execFile);

/** The superuser's password, generated once and stored in DATA_DIR. */
export function clusterPassword(dataDir: string): Promise<string> {
  return loadOrCreateSecret(path.join(dataDir, 'postgres.password'), () =>
    randomBytes(24).toString('base64url'),
  );
}

/**
 * Creates a cluster in `dir` if there is none. It is built beside `dir` and renamed, so that a killed process leaves no
 * partial cluster.
 * @returns whether it was created
 */
export async function initialise(
  dir: string,
  binaries: Binaries,
  user: OsUser,
  password: string,
  durable: boolean,
): Promise<boolean> {
  if (await exists(path.join(dir, 'PG_VERSION'))) return false;
  const [draft, temporary] = draftsOf(dir);
  await removeDrafts(dir);
  await mkdir(draft, { recursive: true, mode: 0o700 });
  if (user.ids) await chown(draft, user.ids.uid, user.ids.gid);

  // initdb runs as its own user, which may have access neither to DATA_DIR nor to the temporary directory, and reads the
  // password from a file.
  await mkdir(temporary, { mode: 0o700 });
  const passwordFile = path.join(temporary, 'password');
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (user.ids) {
      await chown(passwordFile, user.ids.uid, user.ids.gid);
      await chown(temporary, user.ids.uid, user.ids.gid);
    }
    const flags = [
      `--pgdata=${draft}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // PostgreSQL's built-in locale: the same sort order on every machine.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--wal-segsize=4',
      ...(durable ? [] : ['--no-sync']),
    ];
    await run(binaries.initdb, flags, { ...as(user), timeout: 120_000 });
    await rename(draft, dir);
  } catch (error) {
    throw new Error(`Could not initialize the database in ${dir}: ${messageOf(error)}`, { cause: error });
  } finally {
    await removeDrafts(dir);
  }
  return true;
}

/** Directories beside a cluster's while it is created: the unfinished cluster, and the one of the password's file. */
function draftsOf(dir: string): [draft: string, password: string] {
  return [`${dir}.new`, `${dir}.init`];
}

/** Removes what a killed process left of a cluster that it was creating. */
export async function removeDrafts(dir: string): Promise<void> {
  for (const draft of draftsOf(dir))
    await rm(draft, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
