import { chmod, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Whether something of this name is there. */
export async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/**
 * Makes the directory and those above it that are missing, each with `mode` whatever the umask says; those that
 * exist stay as they are.
 */
export async function makeDirectory(directory: string, mode: number): Promise<void> {
  if (await exists(directory)) return;
  await makeDirectory(path.dirname(directory), mode);
  try {
    await mkdir(directory);
  } catch (error) {
    // Another process made it at the same moment.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw error;
  }
  await chmod(directory, mode);
}
