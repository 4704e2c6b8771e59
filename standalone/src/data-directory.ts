import { chmod, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Whether the path exists. */
export async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/**
 * Creates the directory and its missing parents with `mode`, regardless of the umask. Existing directories keep their
 * mode.
 */
export async function makeDirectory(directory: string, mode: number): Promise<void> {
  if (await exists(directory)) return;
  await makeDirectory(path.dirname(directory), mode);
  try {
    await mkdir(directory);
  } catch (error) {
    // Another process created it at the same time.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw error;
  }
  await chmod(directory, mode);
}
