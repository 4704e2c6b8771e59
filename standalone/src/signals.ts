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
  // A program that started this one with an IPC channel is gone.
  if (process.connected) process.once('disconnect', onSignal);
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

/** Where a Souk that is ready can be reached: the message that it sends to a parent with an IPC channel. */
export interface ReadyMessage {
  type: 'ready';
  /** The gateway: http://127.0.0.1:4000 */
  url: string;
  /** Null where Stripe itself is used. */
  simulator: { apiUrl: string; controlsUrl: string } | null;
}

/**
 * Runs a program that registers what it opens. Ctrl-C, SIGTERM, the end of a parent with an IPC channel, and errors
 * close it, even during the start. Configuration errors are printed without a stack.
 */
export function run(program: (teardown: Teardown) => Promise<Omit<ReadyMessage, 'type'>>): void {
  const teardown = new Teardown();
  exitOnSignal(() => teardown.close());
  const started = program(teardown).then((addresses) => {
    process.send?.({ type: 'ready', ...addresses } satisfies ReadyMessage);
  });
  started.catch(async (error: unknown) => {
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
