import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The user that PostgreSQL runs as. `ids` is null when it is the user of this process. */
export interface OsUser {
  name: string;
  ids: { uid: number; gid: number } | null;
}

/**
 * Spawn options that run a child as `user` from a directory that all users can enter, without our environment:
 * PostgreSQL must not see our secrets, nor variables such as PGOPTIONS.
 */
export function as(user: OsUser): SpawnAs {
  return {
    cwd: path.parse(__dirname).root,
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    ...(user.ids ?? {}),
  };
}

interface SpawnAs {
  cwd: string;
  env: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
}

/**
 * PostgreSQL refuses to run as root. Under root it runs as the owner of its data directory, as the user `postgres`
 * (created if missing), or as `nobody`. Other users run it as themselves.
 */
export async function serverUser(clusterDir: string): Promise<OsUser> {
  if (process.getuid?.() !== 0) return { name: 'the same user', ids: null };

  const owner = await ownerOf(path.join(clusterDir, 'PG_VERSION'));
  if (owner) return { name: await nameOf(owner.uid), ids: owner };

  const postgres = (await lookUp('postgres')) ?? (await createPostgres());
  if (postgres) return { name: 'postgres', ids: postgres };

  const unprivileged = await lookUp('nobody');
  if (unprivileged) return { name: 'nobody', ids: unprivileged };
  throw new Error(
    'PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as. Create one, or start Souk as an ordinary user.',
  );
}

async function ownerOf(file: string): Promise<OsUser['ids']> {
  try {
    const { uid, gid } = await stat(file);
    return uid === 0 ? null : { uid, gid };
  } catch {
    return null;
  }
}

async function lookUp(name: string): Promise<OsUser['ids']> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number.parseInt(uid.stdout, 10), gid: Number.parseInt(gid.stdout, 10) };
  } catch {
    return null;
  }
}

async function nameOf(uid: number): Promise<string> {
  try {
    return (await run('id', ['-nu', String(uid)])).stdout.trim();
  } catch {
    return `user id ${uid}`;
  }
}

async function createPostgres(): Promise<OsUser['ids']> {
  try {
    await run('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/bin/false',
      'postgres',
    ]);
  } catch {
    // No useradd (Alpine), or a read-only /etc: fall back to the user nobody.
    return null;
  }
  return lookUp('postgres');
}
