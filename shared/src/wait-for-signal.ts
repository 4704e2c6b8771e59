import { ConfigurationError } from './env.js';

const drainMs = 4_500;

/** Stops what `start` started on SIGTERM or SIGINT, and ends the process: within 5 s, whatever hangs. */
export function runUntilSignal(start: () => Promise<{ close(): Promise<void> }>): void {
  const running = start();
  running.catch((error: unknown) => {
    process.stderr.write(
      `${error instanceof ConfigurationError ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
    );
    process.exit(1);
  });
  const stop = (): void => {
    setTimeout(() => process.exit(1), drainMs).unref();
    running
      .then((app) => app.close())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
