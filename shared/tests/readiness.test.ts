import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDatabaseProblem } from '@souk/shared/db/database-readiness';
import { openDataSource } from '@souk/shared/db/data-source';
import { Readiness } from '@souk/shared/graph/readiness';
import type { EmbeddedPostgres } from '@souk/standalone/postgres/server';
import { startPostgres } from '@souk/standalone/postgres/server';
import type { DataSource } from 'typeorm';
import { until } from '../../tests/support/until.js';

describe('the database of a subgraph', () => {
  let directory: string;
  let server: EmbeddedPostgres;
  let source: DataSource;
  const plenty = (): Promise<number> => Promise.resolve(1e12);

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'souk-readiness-'));
    server = await startPostgres({ dataDir: directory, durable: false, log: () => undefined });
    source = await openDataSource({
      url: `${server.url}/readiness`,
      applicationName: 'readiness',
      entities: [],
      migrations: [],
      poolSize: 2,
    });
  });
  afterAll(async () => {
    await source.destroy();
    await server.discard();
    await rm(directory, { recursive: true, force: true });
  });

  it('can be used, also while its pool is busy', async () => {
    const sleeping = [1, 2].map(() => source.query('SELECT pg_sleep(1)'));
    expect(await findDatabaseProblem(source, plenty)).toBeNull();
    await Promise.all(sleeping);
  });

  it('has too little space', async () => {
    const directories: string[] = [];
    const problem = await findDatabaseProblem(source, (path) => {
      directories.push(path);
      return Promise.resolve(12_300_000);
    });
    expect(directories).toEqual([server.clusterDir]);
    expect(problem).toBe(
      `the database's disk is full: 12 MB are free in ${server.clusterDir}, it needs 100 MB`,
    );
    // The real disk: its numbers are read.
    expect(await findDatabaseProblem(source)).toBeNull();
  });

  it('had a statement that failed for want of space', async () => {
    const full = source.query(
      "DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$",
    );
    await expect(full).rejects.toThrow('could not extend file');
    expect(await findDatabaseProblem(source, plenty)).toMatch(
      /^the database's disk is full: a statement failed \d+ s ago \(SQLSTATE 53100\)$/,
    );
  });

  it('is down', async () => {
    await server.stop();
    expect(await findDatabaseProblem(source, plenty)).toMatch(/^the database does not respond: /);
  });
});

describe('readiness', () => {
  it('reports the reasons of all checks, and checks again after a second', async () => {
    let reason: string | null = 'first';
    const readiness = new Readiness([() => Promise.resolve(reason), () => Promise.resolve('second')]);
    expect(await readiness.reasons()).toEqual(['first', 'second']);
    reason = null;
    expect(await readiness.reasons()).toEqual(['first', 'second']);
    await until('the reason is gone', async () => (await readiness.reasons()).length === 1);
  });

  it('does not wait for a slow check', async () => {
    let end = (_reason: string): void => undefined;
    const slow = new Promise<string>((resolve) => (end = resolve));
    const readiness = new Readiness([() => slow]);
    expect(await readiness.reasons()).toEqual([]);
    end('slow');
    await until('the slow check counts', async () => (await readiness.reasons()).join() === 'slow');
  });
});
