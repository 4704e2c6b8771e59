import { messageOf } from '@souk/shared/errors';

/** Runs a command. Its exit code is 0 if it returns true, 1 if it returns false, and 2 after an error, which it reports. */
export function runCommand(run: () => Promise<boolean>): void {
  run().then(
    (succeeded) => {
      process.exitCode = succeeded ? 0 : 1;
    },
    (error: unknown) => {
      process.stderr.write(`${messageOf(error)}\n`);
      process.exitCode = 2;
    },
  );
}
