import { sessionEnded } from '@souk/shared/auth/access-token';
import type { Revocations } from '@souk/shared/auth/ended-sessions';
import type { Identity } from '@souk/shared/auth/identity';
import { graphError } from '@souk/shared/graph/errors';
import { StaggeredInterval } from '@souk/shared/async/staggered-interval';
import { streamsOpen } from '@souk/shared/telemetry';
import type { GraphQLError } from 'graphql';
import { clientKey } from '../limits/client-key.js';

/** How clients listen. */
export type StreamProtocol = 'sse' | 'websocket';

/** How many streams may be open at one time. A WebSocket is one, and each subscription on it is another. */
export interface StreamLimits {
  max: number;
  /** Of one user. */
  maxPerClient: number;
  /** Of one address: of its users together with its anonymous callers. */
  maxPerAddress: number;
}

/** Who listens. */
export interface StreamClient {
  identity: Identity | null;
  address: string;
}

const expiryMs = 1_000;

/** What is open, so that it can be ended: with its token, with its session, or with the gateway. */
export class ConnectionRegistry {
  readonly #limits: StreamLimits;
  readonly #revocations: Pick<Revocations, 'isEnded'> | null;
  readonly #forget: (() => void) | undefined;
  readonly #open = new Set<OpenStream>();
  /** How many each user, and each address, has open. */
  readonly #counts = new Map<string, number>();
  /** Subscriptions on WebSockets. */
  #places = 0;
  /** Those of somebody: a round is shorter than clocks differ. */
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

  /** Whether no more are taken of a client. */
  isFullFor({ identity, address }: StreamClient): boolean {
    const { max, maxPerClient, maxPerAddress } = this.#limits;
    if (this.#isClosed || this.#open.size + this.#places >= max) return true;
    if (this.#countOf(clientKey(null, address)) >= maxPerAddress) return true;
    return identity !== null && this.#countOf(clientKey(identity, address)) >= maxPerClient;
  }

  /**
   * Counts a subscription on a WebSocket that is open already, and ends with it.
   * @returns gives its place back, once; null where no more are taken of the client
   */
  takePlace(client: StreamClient): (() => void) | null {
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

  /** Watches over one. `end` is called once at most, and now where it is too late for another one. */
  add(protocol: StreamProtocol, client: StreamClient, end: (why: GraphQLError) => void): OpenStream {
    const { identity } = client;
    const stream = new OpenStream(protocol, identity, keysOf(client), end, this.#remove);
    const isFull = this.isFullFor(client);
    this.#open.add(stream);
    this.#count(stream.keys, 1);
    streamsOpen.inc({ protocol });
    if (identity) this.#expiring.add(stream);
    // Meanwhile, while it was opened, others may have come, and its session may have gone.
    if (this.#isClosed) stream.end(isClosing());
    else if (isFull)
      stream.end(graphError('SERVICE_UNAVAILABLE', 'Too many streams are open.', { retryAfter: 5 }));
    else void this.#endIfVoid(stream);
    return stream;
  }

  /** Ends all, and takes no more. */
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
    if (isVoid && this.#open.has(stream)) stream.end(graphError('UNAUTHENTICATED', sessionEnded));
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
  /** What its client is counted by. */
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

  /** Ends it for a reason that its client is told. */
  end(why: GraphQLError): void {
    this.remove();
    this.#onEnd(why);
  }

  /** Ends it where its token has. */
  endWhenExpired(): void {
    if (this.identity && this.identity.expiresAt.getTime() <= Date.now())
      this.end(graphError('UNAUTHENTICATED', 'The access token has expired.'));
  }

  /** It is over. */
  remove(): void {
    this.#remove(this);
  }
}
