import type { ServerResponse } from 'node:http';
import { Rounds } from '../rounds.js';

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
  /** Is told why an answer was cut off, where it is a fault of ours: the client is told nothing. */
  onFault?: (error: unknown) => void;
}

/** What subgraphs and gateway keep to. */
export const eventStreamDefaults: EventStreamOptions = { pingMs: 15_000, slowMs: 10_000 };

/** Whether a client wants events. */
export function wantsEvents(accept: string | undefined): boolean {
  return accept !== undefined && accept.toLowerCase().includes(eventStreamType);
}

/**
 * Answers with a stream of events, each as JSON, and `complete` after the last. The next one is asked for when the
 * reader has taken the last: nothing is kept for a slow one. `events` is ended when the reader goes; where it or `textOf`
 * throws, the answer is cut off, and `onFault` is told.
 * @param onEnd called when the answer is over, however that came
 */
export function sendEvents<Event>(
  response: ServerResponse,
  events: AsyncIterator<Event>,
  textOf: (event: Event) => string,
  { pingMs, slowMs, onFault = ignore }: EventStreamOptions = eventStreamDefaults,
  onEnd: () => void = () => undefined,
): void {
  if (response.destroyed) {
    void events.return?.();
    onEnd();
    return;
  }
  const sender = new EventSender(response, events, textOf, { slowMs, onFault });
  const pings = pingsEvery(pingMs);
  pings.add(sender);
  response.on('close', () => {
    pings.delete(sender);
    void events.return?.();
    onEnd();
  });
  sender.start();
}

function ignore(): void {
  // Nobody wants to be told.
}

const allPings = new Map<number, Rounds<Pick<EventSender<unknown>, 'ping'>>>();

/** Those who are given a sign of life after so much silence: with one timer for all, of which there may be ten thousand. */
function pingsEvery(pingMs: number): Rounds<Pick<EventSender<unknown>, 'ping'>> {
  let pings = allPings.get(pingMs);
  // Silence that one visit finds is broken by the next.
  if (!pings) allPings.set(pingMs, (pings = new Rounds(pingMs / 2, (sender) => sender.ping())));
  return pings;
}

/** One answer. No loop that waits: most streams are idle, and what a loop holds on to is more than this. */
class EventSender<Event> {
  readonly #response: ServerResponse;
  readonly #events: AsyncIterator<Event>;
  readonly #textOf: (event: Event) => string;
  readonly #slowMs: number;
  readonly #onFault: (error: unknown) => void;
  #isQuiet = false;

  constructor(
    response: ServerResponse,
    events: AsyncIterator<Event>,
    textOf: (event: Event) => string,
    { slowMs, onFault }: Required<Pick<EventStreamOptions, 'slowMs' | 'onFault'>>,
  ) {
    this.#response = response;
    this.#events = events;
    this.#textOf = textOf;
    this.#slowMs = slowMs;
    this.#onFault = onFault;
  }

  start(): void {
    this.#response.writeHead(200, {
      'content-type': `${eventStreamType}; charset=utf-8`,
      'cache-control': 'no-cache, no-transform',
      // Nginx would keep what is sent until it is worth a packet.
      'x-accel-buffering': 'no',
    });
    this.#response.flushHeaders();
    this.#ask();
  }

  ping(): void {
    const { destroyed, writableNeedDrain } = this.#response;
    if (this.#isQuiet && !destroyed && !writableNeedDrain) this.#response.write(':\n\n');
    this.#isQuiet = true;
  }

  #ask(): void {
    this.#events
      .next()
      .then((step) => this.#send(step))
      .catch((error: unknown) => this.#fail(error));
  }

  #fail(error: unknown): void {
    // Events that end in an error since their reader has gone are no fault.
    if (this.#response.destroyed) return;
    this.#response.destroy();
    this.#onFault(error);
  }

  #send(step: IteratorResult<Event>): void {
    const response = this.#response;
    if (response.destroyed) return;
    if (step.done) {
      response.end('event: complete\ndata:\n\n');
      return;
    }
    this.#isQuiet = false;
    if (response.write(`event: next\ndata: ${this.#textOf(step.value)}\n\n`)) this.#ask();
    else {
      void drained(response, this.#slowMs).then((isDrained) => {
        if (isDrained) this.#ask();
      });
    }
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
