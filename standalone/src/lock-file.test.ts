import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AlreadyRunning, takeLock } from './lock-file.js';

describe('a lock file', () => {
  let dir: string;
  let file: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'souk-lock-'));
    file = path.join(dir, 'lock');
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('is refused while its holder is alive, with the holder’s pid', async () => {
    await takeLock(file, 'The shop');
    await expect(takeLock(file, 'The shop')).rejects.toThrow(
      `The shop is in use by the running process ${process.pid}.`,
    );
  });

  it('can be taken after its release', async () => {
    await (await takeLock(file, 'The shop')).release();
    expect(await readdir(dir)).toEqual([]);
    await takeLock(file, 'The shop');
  });

  it.each([
    ['of a process that is gone', JSON.stringify({ pid: 2 ** 30, startTime: '1' })],
    ['of an earlier process with our pid', JSON.stringify({ pid: process.pid, startTime: '1' })],
    ['that was never written whole', '{"pid":'],
    ['that holds something else', 'null'],
  ])('%s is taken over', async (_what, content) => {
    await writeFile(file, content);
    await takeLock(file, 'The shop');
    await expect(takeLock(file, 'The shop')).rejects.toThrow(AlreadyRunning);
    expect(await readdir(dir)).toEqual(['lock']);
  });

  it('goes to exactly one of many processes that find a stale lock', async () => {
    for (let round = 0; round < 20; round += 1) {
      const contested = path.join(dir, `lock-${round}`);
      await writeFile(contested, JSON.stringify({ pid: 2 ** 30, startTime: '1' }));
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, () => takeLock(contested, 'The shop')),
      );
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    }
  });
});
