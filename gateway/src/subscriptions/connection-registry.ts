import { sessionEnded, tokenExpired } from '@souk/shared/auth/access-token';
import type { Revocations } from '@souk/shared/auth/ended-sessions';
import type { Identity } from '@souk/shared/auth/identity';
import { graphError, unauthenticated } from '@souk/shared/graph/errors';
import { StaggeredInterval } from '@souk/shared/async/staggered-interval';
import { streamsOpen } from '@souk/shared/telemetry';
import type { GraphQLError } from 'graphql';
import { clientKey } from '../limits/client-key.js';

/** Protocols of streams. */
export type StreamProtocol = 'sse' | 'websocket';

/** How many streams may be open at one time. A WebSocket is one, and each subscription on it is another. */
export interface StreamLimits {
  max: number;
  /** Of one user. */
  maxPerClient: number;
  /** Of one address: of its users together with its anonymous callers. */
  maxPerAddress: number;
}

/** The client of a stream. */
export interface StreamClient {
  identity: Identity | null;
  address: string;
}

const expiryMs = 1_000;

/** Registry of open streams and connections. Ends them with their token, their session, or the gateway. */
export class ConnectionRegistry {
  readonly #limits: StreamLimits;
  readonly #revocations: Pick<Revocations, 'isEnded'> | null;
  readonly #forget: (() => void) | undefined;
  readonly #open = new Set<OpenStream>();
  /** How many each user, and each address, has open. */
  readonly #counts = new Map<string, number>();
  /** Subscriptions on WebSockets. */
  #places = 0;
  /** Streams with a token. The interval is shorter than clock skew. */
  readonly #expiring = new StaggeredInterval<OpenStream>(expiryMs, (stream) => stream.endWhenExpired());
  #isClosed = false;

  /** @param revocations null where sessions do not end before their tokens */
  constructor(limits: StreamLimits, revocations: Pick<Revocations, 'isEnded' | 'onEnded'> | null) {
    this.#limits = limits;
    this.#revocations = revocations;
    this.#forget = revocations?.onEnded(() => void this.#endVoid());
  }

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  /** Whether the client may open no more streams. */
  isFullFor({ identity, address }: StreamClient): boolean {
    const { max, maxPerClient, maxPerAddress } = this.#limits;
    if (this.#isClosed || this.#open.size + this.#places >= max) return true;
    if (this.#countOf(clientKey(null, address)) >= maxPerAddress) return true;
    return identity !== null && this.#countOf(clientKey(identity, address)) >= maxPerClient;
  }

  /**
   * Counts a subscription on an open WebSocket.
   * @returns gives its place back, once; null where no more are taken of the client
   */
  reserve(client: StreamClient): (() => void) | null {
    if (this.isFullFor(client)) return null;
    const keys = keysOf(client);
    this.#count(keys, 1);
    this.#places += 1;
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      this.#places -= 1;
      this.#count(keys, -1);
    };
  }

  /** Registers a stream. `end` is called at most once, and at once if no more streams are accepted. */
  add(protocol: StreamProtocol, client: StreamClient, end: (why: GraphQLError) => void): OpenStream {
    const { identity } = client;
    const stream = new OpenStream(protocol, identity, keysOf(client), end, this.#remove);
    const isFull = this.isFullFor(client);
    this.#open.add(stream);
    this.#count(stream.keys, 1);
    streamsOpen.inc({ protocol });
    if (identity) this.#expiring.add(stream);
    // While it was opening, the limit may have been reached and its session may have ended.
    if (this.#isClosed) stream.end(isClosing());
    else if (isFull)
      stream.end(graphError('SERVICE_UNAVAILABLE', 'Too many streams are open.', { retryAfter: 5 }));
    else void this.#endIfVoid(stream);
    return stream;
  }

  /** Ends all streams, and accepts no more. */
  close(): void {
    this.#isClosed = true;
    this.#forget?.();
    for (const stream of [...this.#open]) {
      stream.end(isClosing());
    }
  }

  readonly #remove = (stream: OpenStream): void => {
    if (!this.#open.delete(stream)) return;
    streamsOpen.dec({ protocol: stream.protocol });
    this.#count(stream.keys, -1);
    if (stream.identity) this.#expiring.delete(stream);
  };

  #countOf(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  #count(keys: readonly string[], change: number): void {
    for (const key of keys) {
      const left = this.#countOf(key) + change;
      if (left > 0) this.#counts.set(key, left);
      else this.#counts.delete(key);
    }
  }

  async #endVoid(): Promise<void> {
    for (const stream of [...this.#open]) await this.#endIfVoid(stream);
  }

  async #endIfVoid(stream: OpenStream): Promise<void> {
    const { identity } = stream;
    const isVoid = identity !== null && (await this.#revocations?.isEnded(identity).catch(() => false));
    if (isVoid && this.#open.has(stream)) stream.end(unauthenticated(sessionEnded, 'INVALID'));
  }
}

function keysOf({ identity, address }: StreamClient): string[] {
  const ofAddress = clientKey(null, address);
  return identity ? [ofAddress, clientKey(identity, address)] : [ofAddress];
}

function isClosing(): GraphQLError {
  return graphError('SERVICE_UNAVAILABLE', 'The gateway is closing.', { retryAfter: 1 });
}

/** A stream, or a connection for streams, that is open. */
export class OpenStream {
  readonly protocol: StreamProtocol;
  readonly identity: Identity | null;
  /** The keys that its client is counted by. */
  readonly keys: readonly string[];
  readonly #onEnd: (why: GraphQLError) => void;
  readonly #remove: (stream: OpenStream) => void;

  constructor(
    protocol: StreamProtocol,
    identity: Identity | null,
    keys: readonly string[],
    onEnd: (why: GraphQLError) => void,
    remove: (stream: OpenStream) => void,
  ) {
    this.protocol = protocol;
    this.identity = identity;
    this.keys = keys;
    this.#onEnd = onEnd;
    this.#remove = remove;
  }

  /** Ends it and sends the reason to its client. */
  end(why: GraphQLError): void {
    this.remove();
    this.#onEnd(why);
  }

  /** Ends it where its token has. */
  endWhenExpired(): void {
    if (this.identity && this.identity.expiresAt.getTime() <= Date.now())
      this.end(unauthenticated(tokenExpired, 'EXPIRED'));
  }

  /** It is over. */
  remove(): void {
    this.#remove(this);
  }
}
