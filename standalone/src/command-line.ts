import { messageOf } from '@souk/shared/errors';

/** Runs a command and sets the exit code of the process. */
export function runCommand(run: () => Promise<boolean>): void {
  void exitCodeOf(run).then((code) => {
    process.exitCode = code;
  });
}

/** Runs a command. Returns 0 if it returns true, 1 if it returns false, and 2 after an error, which it reports. */
export async function exitCodeOf(run: () => Promise<boolean>): Promise<number> {
  try {
    return (await run()) ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    return 2;
  }
}
