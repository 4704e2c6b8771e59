import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadOrCreateSecret } from './secret-file.js';

describe('a stored secret', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'souk-secret-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('is generated once, readable by its owner only', async () => {
    const file = path.join(dir, 'secret');
    expect(await loadOrCreateSecret(file, () => 'first')).toBe('first');
    expect(await loadOrCreateSecret(file, () => 'second')).toBe('first');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is the same for concurrent callers', async () => {
    const file = path.join(dir, 'secret');
    let made = 0;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => loadOrCreateSecret(file, () => `secret ${(made += 1)}`)),
    );
    expect(new Set(answers)).toEqual(new Set([await readFile(file, 'utf8')]));
  });
});
