import { ConfigurationError } from '@souk/shared/env';
import { isNpmScript } from './config.js';
import { AlreadyRunning } from './lock-file.js';
import { PortTaken } from './free-port.js';
import { Teardown } from './teardown.js';

/** npm forwards a signal that the terminal already sent to the whole group; two signals this close count as one. */
const sameSignalMs = 500;
const drainMs = 4_500;
const parentWatchMs = 250;

/**
 * Exits on Ctrl-C or SIGTERM after `close` has drained, at the latest after 4.5 s. A second Ctrl-C exits at once. Only this
 * function exits the process.
 */
function exitOnSignal(close: () => Promise<void>): void {
  let firstAt: number | null = null;
  const onSignal = (): void => {
    const now = Date.now();
    if (firstAt !== null) {
      if (now - firstAt > sameSignalMs) process.exit(130);
      return;
    }
    firstAt = now;
    setTimeout(() => {
      process.stderr.write('Shutdown timed out. The next start will clean up.\n');
      process.exit(1);
    }, drainMs).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  if (isNpmScript()) whenOrphaned(onSignal);
  // A closed pipe (`npm start | head`) must not crash the process.
  process.stdout.on('error', () => undefined);
}

/** npm forwards SIGTERM only to the shell in between, which dies and orphans this process. */
function whenOrphaned(then: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    then();
  }, parentWatchMs);
  watch.unref();
}

/**
 * Runs a program that registers what it opens. Ctrl-C, SIGTERM and errors close it, even during the start. Configuration
 * errors are printed without a stack.
 */
export function run(program: (teardown: Teardown) => Promise<void>): void {
  const teardown = new Teardown();
  exitOnSignal(() => teardown.close());
  program(teardown).catch(async (error: unknown) => {
    // An interrupted start fails on resources that are already closed.
    if (teardown.isClosing) return;
    const plain =
      error instanceof ConfigurationError || error instanceof AlreadyRunning || error instanceof PortTaken;
    const text =
      error instanceof Error ? (plain ? error.message : (error.stack ?? error.message)) : String(error);
    process.stderr.write(`Souk cannot start. ${text}\n`);
    await teardown.close().catch(() => undefined);
    process.exit(1);
  });
}
