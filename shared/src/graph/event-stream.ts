import type { ServerResponse } from 'node:http';

// GraphQL over Server-Sent Events, distinct connections:
// https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md

/** The content type of event streams. */
export const eventStreamType = 'text/event-stream';

/** How an event stream is kept. */
export interface EventStreamOptions {
  /** After so much silence a comment is sent: proxies cut what is idle. */
  pingMs: number;
  /** A reader who has not taken what was sent after this time is dropped. */
  slowMs: number;
}

/** What subgraphs and gateway keep to. */
export const eventStreamDefaults: EventStreamOptions = { pingMs: 15_000, slowMs: 10_000 };

/** Whether a client wants events. */
export function wantsEvents(accept: string | undefined): boolean {
  return accept !== undefined && accept.toLowerCase().includes(eventStreamType);
}

/**
 * Answers with a stream of events, each as JSON, and `complete` after the last. The next one is asked for when the
 * reader has taken the last: nothing is kept for a slow one. `events` is ended when the reader goes; where it throws, the
 * answer is cut off.
 */
export async function sendEvents<Event>(
  response: ServerResponse,
  events: AsyncIterator<Event>,
  textOf: (event: Event) => string,
  { pingMs, slowMs }: EventStreamOptions = eventStreamDefaults,
): Promise<void> {
  const isGone = (): boolean => response.destroyed;
  if (isGone()) {
    await events.return?.();
    return;
  }
  response.once('close', () => void events.return?.());
  response.writeHead(200, {
    'content-type': `${eventStreamType}; charset=utf-8`,
    'cache-control': 'no-cache, no-transform',
    // Nginx would keep what is sent until it is worth a packet.
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
  const ping = setInterval(() => {
    if (!response.writableNeedDrain && !isGone()) response.write(':\n\n');
  }, pingMs).unref();
  try {
    for (;;) {
      const event = await events.next();
      if (isGone()) return;
      if (event.done) break;
      ping.refresh();
      if (
        !response.write(`event: next\ndata: ${textOf(event.value)}\n\n`) &&
        !(await drained(response, slowMs))
      )
        return;
    }
    response.end('event: complete\ndata:\n\n');
  } catch {
    response.destroy();
  } finally {
    clearInterval(ping);
  }
}

/** Waits until a reader has taken what was sent; one who takes too long is dropped. */
function drained(response: ServerResponse, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (isDrained: boolean): void => {
      clearTimeout(timer);
      response.off('drain', onDrain);
      response.off('close', onClose);
      resolve(isDrained);
    };
    const onDrain = (): void => settle(true);
    const onClose = (): void => settle(false);
    const timer = setTimeout(() => response.destroy(), withinMs).unref();
    response.once('drain', onDrain);
    response.once('close', onClose);
  });
}
