import { randomUUID } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';

/**
 * Reads a secret from a file. Generates it the first time and stores it with mode 0600.
 * @param make returns a new secret; called only if the file does not exist
 */
export async function loadOrCreateSecret(
  path: string,
  make: () => string | Promise<string>,
): Promise<string> {
  const stored = await readIfThere(path);
  if (stored !== null) return stored;

  // Atomic: a process killed here must not leave a partial key.
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(await make());
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(path, 'utf8');
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
