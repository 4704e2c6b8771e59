import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { open, readFile, rm, stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeDirectory } from '../data-directory.js';
import { freePort } from '../free-port.js';
import { takeLock } from '../lock-file.js';
import { signal } from '../process-table.js';
import { findBinaries } from './binaries.js';
import type { Binaries } from './binaries.js';
import { clusterPassword, initialise } from './cluster.js';
import { as, serverUser } from './os-user.js';
import type { OsUser } from './os-user.js';
import { locateCluster, knownClusterDir } from './cluster-location.js';
import { readPostmaster, stopOrphan, stopServer } from './postmaster.js';
import { settingFlags } from './settings.js';

/** How to start the embedded PostgreSQL. */
export interface PostgresOptions {
  /** Souk's data directory, absolute; created if missing. The database is in its `postgres` directory. */
  dataDir: string;
  /** Receives messages for the operator. */
  log: (line: string) => void;
  /** False for tests only: no fsync. */
  durable?: boolean;
  maxConnections?: number;
  /** Megabytes of shared buffers; 8 by default, because the RSS of each server process includes them. */
  sharedBuffersMb?: number;
}

/** A running embedded server. */
export interface EmbeddedPostgres {
  /**
   * postgres://user:password@host:port: add the database's name. The host is the directory of its socket,
   * percent-encoded, or 127.0.0.1.
   */
  url: string;
  /** The directory of the database's files. */
  clusterDir: string;
  /** Where it runs, for the banner. */
  describe(): string;
  /** Notes for the banner about unusual locations or users, one sentence each. */
  notes: string[];
  /** Stops the server and closes its connections. A second call waits for the first. */
  stop(): Promise<void>;
  /** Stops the server and deletes its files, for tests. */
  discard(): Promise<void>;
}

const startTimeoutMs = 60_000;
/** Retry limit for a predecessor that was killed and is not reaped yet. */
const patienceMs = 8_000;
/** Startup errors that are retried: a predecessor that is still exiting, and a port taken since it was chosen. */
const passing = /postmaster\.pid|pre-existing shared memory|could not bind/;
const longestRestartPauseMs = 10_000;
const logLimitBytes = 5_000_000;
/** Bytes: the path of a socket has 103 on the narrowest system, and its file is `/.s.PGSQL.` with the port. */
const longestSocketDir = 103 - '/.s.PGSQL.65535'.length;

/**
 * Starts PostgreSQL on the data directory. Initializes an empty one, stops the server of a killed Souk, and restarts the
 * server if it dies.
 * @throws AlreadyRunning if another live process uses the directory
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = path.resolve(options.dataDir);
  await makeDirectory(dataDir, 0o711);
  const lock = await takeLock(path.join(dataDir, 'postgres.lock'), `The database in ${dataDir}`);
  try {
    const user = await serverUser(await knownClusterDir(dataDir));
    const binaries = await findBinaries(user, dataDir);
    const place = await locateCluster(dataDir, user);
    const orphan = await stopOrphan(place.dir);
    if (orphan !== null)
      options.log(`A PostgreSQL left over from a killed Souk (process ${orphan}) was stopped.`);

    const durable = options.durable ?? true;
    const password = await clusterPassword(dataDir);
    if (await initialise(place.dir, binaries, user, password, durable)) {
      options.log(`Created a new database in ${place.dir}.`);
    }
    const server = new Server({ ...options, dataDir, durable }, place.dir, binaries, user);
    await server.start();
    const stop = async (): Promise<void> => {
      await server.stop();
      await lock.release();
    };
    return {
      url: `postgres://postgres:${encodeURIComponent(password)}@${encodeURIComponent(server.host)}:${server.port}`,
      clusterDir: place.dir,
      describe: () => `127.0.0.1:${server.port}, process ${server.pid ?? '-'}, files in ${place.dir}`,
      notes: notesOf(user, binaries, place),
      stop,
      discard: async () => {
        await stop();
        // Children of a killed server can still write for a moment.
        await rm(place.dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function notesOf(
  user: OsUser,
  binaries: Binaries,
  place: Awaited<ReturnType<typeof locateCluster>>,
): string[] {
  const notes: string[] = [];
  if (user.ids) notes.push(`PostgreSQL does not run as root: it runs as ${user.name}.`);
  if (place.elsewhere) notes.push(`That user cannot enter DATA_DIR, so the database lies in ${place.dir}.`);
  if (binaries.copiedTo !== null) notes.push(`PostgreSQL's programs were copied to ${binaries.copiedTo}.`);
  for (const dir of place.leftBehind) {
    notes.push(
      `${dir} holds an earlier database of this DATA_DIR. Delete it when it is not needed any more.`,
    );
  }
  return notes;
}

/** The lifecycle of the server process. */
class Server {
  port = 0;
  readonly #options: PostgresOptions & { durable: boolean };
  readonly #dir: string;
  readonly #binaries: Binaries;
  readonly #user: OsUser;
  readonly #logFile: string;
  readonly #onExit = () => this.#interrupt();
  #process: ChildProcess | null = null;
  #stopping: Promise<void> | null = null;
  readonly #pauses = new AbortController();
  #restarting: Promise<void> = Promise.resolve();

  constructor(
    options: PostgresOptions & { durable: boolean },
    dir: string,
    binaries: Binaries,
    user: OsUser,
  ) {
    this.#options = options;
    this.#dir = dir;
    this.#binaries = binaries;
    this.#user = user;
    this.#logFile = path.join(options.dataDir, 'postgres.log');
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Host for connections: the socket directory, a third cheaper than TCP, or 127.0.0.1. */
  get host(): string {
    return this.#socketDir ?? '127.0.0.1';
  }

  /** Private socket directory beside the database files; null if its path would be too long for the system. */
  get #socketDir(): string | null {
    return Buffer.byteLength(this.#dir) <= longestSocketDir ? this.#dir : null;
  }

  /** Starts on a free port. Retries temporary failures. */
  async start(): Promise<void> {
    // Stops the server if this process exits without stop(). After kill -9 the next start does it.
    process.on('exit', this.#onExit);
    for (const deadline = Date.now() + patienceMs; ;) {
      this.port = await freePort();
      const failure = await this.#launch();
      if (failure === null) break;
      if (!passing.test(failure) || Date.now() > deadline) {
        process.off('exit', this.#onExit);
        throw new Error(`PostgreSQL did not start. Its log says:\n${failure}`);
      }
      await sleep(200);
    }
  }

  async stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    process.off('exit', this.#onExit);
    this.#pauses.abort();
    if (this.#process?.pid !== undefined && isRunning(this.#process)) await stopServer(this.#process.pid);
    // The start reads the log after a failure, so the files must exist until then.
    await this.#restarting;
  }

  #interrupt(): void {
    if (this.#process?.pid !== undefined && isRunning(this.#process)) signal(this.#process.pid, 'SIGINT');
  }

  /** One attempt. Returns null when the server accepts connections, else the end of its log. */
  async #launch(): Promise<string | null> {
    const logStart = await startOfLog(this.#logFile);
    const log = await open(this.#logFile, 'a', 0o600);
    if (this.#isStopping()) {
      await log.close();
      return 'it is being stopped';
    }
    const child = spawn(
      this.#binaries.postgres,
      [
        '-D',
        this.#dir,
        ...settingFlags({
          port: this.port,
          socketDir: this.#socketDir,
          durable: this.#options.durable,
          maxConnections: this.#options.maxConnections ?? 100,
          sharedBuffersMb: this.#options.sharedBuffersMb ?? 8,
        }),
      ],
      // Own process group: Ctrl-C reaches only Souk, which stops the database last.
      { ...as(this.#user), detached: true, stdio: ['ignore', log.fd, log.fd] },
    );
    this.#process = child;
    const spawned = new Promise<string | null>((resolve) => {
      child.once('spawn', () => resolve(null));
      child.once('error', (error) => resolve(error.message));
    });
    const failure = await spawned;
    await log.close();
    if (failure !== null) return failure;

    const deadline = Date.now() + startTimeoutMs;
    while (isRunning(child)) {
      const state = await readPostmaster(this.#dir);
      if (state?.pid === child.pid && state?.ready) {
        this.#restartWhenGone(child);
        return null;
      }
      if (Date.now() > deadline) {
        child.kill('SIGQUIT');
        return `it accepted no connection within ${startTimeoutMs / 1000} s`;
      }
      await sleep(10);
    }
    return (await readFile(this.#logFile, 'utf8')).slice(logStart).trim();
  }

  #restartWhenGone(child: ChildProcess): void {
    const restart = (): void => {
      if (this.#stopping) return;
      this.#options.log('PostgreSQL exited unexpectedly. Restarting.');
      this.#restarting = this.#restart();
    };
    if (isRunning(child)) child.once('exit', restart);
    else restart();
  }

  /** Restarts on the same port, so that pools reconnect. Retries without end: a full disk may be freed. */
  async #restart(): Promise<void> {
    for (let pauseMs = 250; !this.#stopping; pauseMs = Math.min(pauseMs * 2, longestRestartPauseMs)) {
      await sleep(pauseMs, undefined, { ref: false, signal: this.#pauses.signal }).catch(() => undefined);
      // A method call, because stop() may have run during the pause.
      if (this.#isStopping()) return;
      const failure = await this.#launch();
      if (failure === null) return;
      this.#options.log(`PostgreSQL failed to start: ${failure}`);
    }
  }

  #isStopping(): boolean {
    return this.#stopping !== null;
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** Truncates a long log. Returns the offset of the next line. */
async function startOfLog(file: string): Promise<number> {
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  if (size <= logLimitBytes) return size;
  await truncate(file, 0);
  return 0;
}
