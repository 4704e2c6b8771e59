import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readDemoState } from './demo-state.js';

describe("the demo's mark on a data directory", () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'souk-mark-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('begins in an empty directory and is done when the demo data are complete', async () => {
    expect((await readDemoState(dir, true)).state).toBe('begun');
    await mkdir(path.join(dir, 'postgres'));
    const second = await readDemoState(dir, true);
    expect(second.state).toBe('begun');
    await second.finish();
    expect((await readDemoState(dir, true)).state).toBe('done');
  });

  it('is never added to a directory that began without it', async () => {
    expect((await readDemoState(dir, false)).state).toBe('none');
    await mkdir(path.join(dir, 'postgres'));
    expect((await readDemoState(dir, true)).state).toBe('none');
  });
});
