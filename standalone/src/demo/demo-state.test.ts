import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readDemoState } from './demo-state.js';

describe('the demo state of a data directory', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'souk-demo-state-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const embedded = (wanted: 'always' | 'if-new' | 'if-recorded' | 'never') =>
    readDemoState(dir, { databaseUrl: null, wanted });
  const given = (host: string, wanted: 'always' | 'if-recorded') =>
    readDemoState(dir, { databaseUrl: `postgres://souk:secret@${host}/`, wanted });

  it('begins in an empty directory and is done when the demo data are complete', async () => {
    expect((await embedded('if-new')).state).toBe('begun');
    await mkdir(path.join(dir, 'postgres'));
    const second = await embedded('if-new');
    expect(second.state).toBe('begun');
    await second.finish();
    expect((await embedded('if-new')).state).toBe('done');
    expect((await embedded('never')).state).toBe('none');
  });

  it('begins in a directory that began without demo data only on request', async () => {
    expect((await embedded('never')).state).toBe('none');
    await mkdir(path.join(dir, 'postgres'));
    expect((await embedded('if-new')).state).toBe('none');
    expect((await embedded('always')).state).toBe('begun');
  });

  it('is recorded for each server apart', async () => {
    await (await embedded('if-new')).finish();
    expect((await given('db.test', 'if-recorded')).state).toBe('none');
    await (await given('db.test', 'always')).finish();
    expect((await given('db.test', 'if-recorded')).state).toBe('done');
    expect((await given('db.test', 'always')).state).toBe('done');
    expect((await given('other.test', 'if-recorded')).state).toBe('none');
  });
});
