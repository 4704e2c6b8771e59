import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { StaggeredInterval } from '../async/staggered-interval.js';
import { acceptedTypes } from '../media-types.js';
import { detachSocket } from './detached-socket.js';

// GraphQL over Server-Sent Events, distinct connections:
// https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md

/** The content type of event streams. */
export const eventStreamType = 'text/event-stream';

/** Options that keep an event stream open. */
export interface EventStreamOptions {
  /** After so much silence a comment is sent: proxies cut what is idle. */
  pingMs: number;
  /** A reader who has not taken what was sent after this time is dropped. */
  slowMs: number;
  /** Receives the error that cut an answer off; the client gets no message. */
  onFault?: (error: unknown) => void;
}

/** The defaults of subgraphs and gateway. */
export const eventStreamDefaults: EventStreamOptions = { pingMs: 15_000, slowMs: 10_000 };

const withCharset = (type: string): string[] => [type, `${type}; charset=utf-8`];
const eventTypes = withCharset(eventStreamType);
const jsonTypes = ['application/graphql-response+json', 'application/json'].flatMap(withCharset);

/** Whether a client prefers events to one response, by its Accept header. */
export function wantsEvents(accept: string | undefined): boolean {
  return (
    namesText(accept) && eventTypes.includes(acceptedTypes(accept, [...jsonTypes, ...eventTypes])[0] ?? '')
  );
}

/** Whether a client takes events, for what has no other answer. Not by a wildcard of all types alone. */
export function acceptsEvents(accept: string | undefined): boolean {
  return namesText(accept) && acceptedTypes(accept, eventTypes).length > 0;
}

/** Most clients name no such type, and are not read further. */
function namesText(accept: string | undefined): boolean {
  return accept !== undefined && /(?:^|,)\s*text\/(?:event-stream|\*)/i.test(accept);
}

/** A stream of events that is being sent. */
export interface SentEvents {
  /** Closes the connection at once, without a last event. */
  cut(): void;
}

/**
 * Answers with a stream of events, each as JSON, and `complete` after the last. The next event is requested when the
 * reader has received the last one: nothing is buffered for a slow reader. `events` ends when the reader disconnects.
 * If it or `textOf` throws, the connection is cut and `onFault` receives the error. The connection is closed at the end
 * and not used again.
 * @param onEnd called when the answer is over, for any reason
 */
export function sendEvents<Event>(
  response: ServerResponse,
  events: AsyncIterator<Event>,
  textOf: (event: Event) => string,
  { pingMs, slowMs, onFault = ignore }: EventStreamOptions = eventStreamDefaults,
  onEnd: () => void = () => undefined,
): SentEvents {
  const sender = new EventSender(events, textOf, { slowMs, onFault, onEnd }, pingsEvery(pingMs));
  // Discards the rest of the request before the stream starts; a GET has none.
  response.req.resume();
  writeHead(response);
  setImmediate(() => sender.start(response));
  return sender;
}

/** Answers with a single event, and `complete`. */
export function sendEvent(response: ServerResponse, text: string): void {
  writeHead(response);
  response.end(`${eventText(text)}${complete}`);
}

const complete = 'event: complete\ndata:\n\n';

function eventText(data: string): string {
  return `event: next\ndata: ${data}\n\n`;
}

function writeHead(response: ServerResponse): void {
  response.shouldKeepAlive = false;
  response.writeHead(200, {
    'content-type': `${eventStreamType}; charset=utf-8`,
    'cache-control': 'no-cache, no-transform',
    // Nginx would keep what is sent until it is worth a packet.
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
}

function ignore(): void {
  // The caller does not observe faults.
}

type Pings = StaggeredInterval<Pick<EventSender<unknown>, 'ping'>>;

const allPings = new Map<number, Pings>();

/** Those who are given a sign of life after so much silence: with one timer for all, of which there may be ten thousand. */
function pingsEvery(pingMs: number): Pings {
  let pings = allPings.get(pingMs);
  // Silence that one visit finds is broken by the next.
  if (!pings) allPings.set(pingMs, (pings = new StaggeredInterval(pingMs / 2, (sender) => sender.ping())));
  return pings;
}

/** Limits and callbacks of one stream. */
interface SenderOptions {
  slowMs: number;
  onFault: (error: unknown) => void;
  onEnd: () => void;
}

/** One answer. No loop that waits: most streams are idle, and what a loop holds on to is more than this. */
class EventSender<Event> implements SentEvents {
  readonly #events: AsyncIterator<Event>;
  readonly #textOf: (event: Event) => string;
  readonly #options: SenderOptions;
  readonly #pings: Pings;
  /** Null before it has begun, and when it is over. */
  #socket: Socket | null = null;
  #isChunked = false;
  #isQuiet = false;
  #isCut = false;

  constructor(
    events: AsyncIterator<Event>,
    textOf: (event: Event) => string,
    options: SenderOptions,
    pings: Pings,
  ) {
    this.#events = events;
    this.#textOf = textOf;
    this.#options = options;
    this.#pings = pings;
  }

  /** Begins on the connection of an answer whose head is on its way. */
  start(response: ServerResponse): void {
    this.#isChunked = response.chunkedEncoding;
    const socket = this.#isCut ? null : detachSocket(response);
    if (!socket) {
      response.destroy();
      this.#end();
      return;
    }
    this.#socket = socket.on('close', () => this.#end());
    this.#pings.add(this);
    this.#pull();
  }

  ping(): void {
    if (this.#isQuiet && this.#socket && !this.#socket.writableNeedDrain) this.#write(':\n\n');
    this.#isQuiet = true;
  }

  cut(): void {
    this.#isCut = true;
    this.#socket?.destroy();
  }

  #end(): void {
    this.#socket = null;
    this.#pings.delete(this);
    void this.#events.return?.();
    this.#options.onEnd();
  }

  #pull(): void {
    this.#events.next().then(
      (step) => this.#take(step),
      (error: unknown) => this.#fail(error),
    );
  }

  #take(step: IteratorResult<Event>): void {
    try {
      this.#send(step);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    // Events that end in an error since their reader has gone are no fault.
    if (!this.#socket || this.#socket.destroyed) return;
    this.#socket.destroy();
    this.#options.onFault(error);
  }

  #send(step: IteratorResult<Event>): void {
    const socket = this.#socket;
    if (!socket || socket.destroyed) return;
    const { slowMs } = this.#options;
    if (step.done) {
      this.#write(complete);
      if (this.#isChunked) socket.write('0\r\n\r\n');
      socket.destroySoon();
      dropAfter(socket, slowMs);
      return;
    }
    this.#isQuiet = false;
    if (this.#write(eventText(this.#textOf(step.value)))) {
      this.#pull();
      return;
    }
    const taken = dropAfter(socket, slowMs);
    socket.once('drain', () => {
      taken();
      this.#pull();
    });
  }

  /** @returns false where the reader has not taken all of it yet */
  #write(text: string): boolean {
    return this.#socket?.write(this.#isChunked ? chunkOf(text) : text) ?? false;
  }
}

/** As a body of unknown length travels (RFC 9112, 7.1). */
function chunkOf(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}

/** Drops a reader who has not taken what was sent after that time. @returns he has */
function dropAfter(socket: Socket, withinMs: number): () => void {
  const timer = setTimeout(() => socket.destroy(), withinMs).unref();
  const stop = (): void => {
    clearTimeout(timer);
    socket.off('close', stop);
  };
  socket.once('close', stop);
  return stop;
}
