import { ConfigurationError } from '@souk/shared/env';
import { isNpmScript } from './config.js';
import { AlreadyRunning } from './lock-file.js';
import { PortTaken } from './free-port.js';
import { Teardown } from './teardown.js';

/** npm hands a signal on that the terminal has sent to all anyway: a second one so soon is the same one. */
const sameSignalMs = 500;
const drainMs = 4_500;
const parentWatchMs = 250;

/**
 * Ends the process on Ctrl-C or SIGTERM: `close` drains; what hangs is left behind after 4.5 s; a second Ctrl-C ends
 * it at once. This alone exits.
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
      process.stderr.write('Not everything ended in time; it is left behind. The next start sees to it.\n');
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
  // A reader of our output that has gone (`npm start | head`) is no reason to fall over.
  process.stdout.on('error', () => undefined);
}

/** npm hands SIGTERM on to the shell between us only, which dies of it and leaves us behind. */
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
 * Runs a program that notes what it opens. Ctrl-C and SIGTERM close that, also half-way through the start; what the
 * program throws closes it too and ends the process, in plain words where somebody is meant to mend it.
 */
export function run(program: (teardown: Teardown) => Promise<void>): void {
  const teardown = new Teardown();
  exitOnSignal(() => teardown.close());
  program(teardown).catch(async (error: unknown) => {
    // A start that is ended half-way fails of what it finds closed.
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
