import { sessionEnded } from '@souk/shared/auth/access-token';
import type { Revocations } from '@souk/shared/auth/ended-sessions';
import type { Identity } from '@souk/shared/auth/identity';
import { graphError } from '@souk/shared/graph/errors';
import { streamsOpen } from '@souk/shared/telemetry';
import type { GraphQLError } from 'graphql';

/** A stream, or a connection for streams, that is open. */
interface OpenStream {
  identity: Identity | null;
  end: (why: GraphQLError) => void;
}

/** How clients listen. */
export type StreamProtocol = 'sse' | 'websocket';

/** A timer cannot wait longer. */
const maxTimerMs = 2_147_483_647;

/** What is open, so that it can be ended: with its token, with its session, or with the gateway. */
export class OpenStreams {
  readonly #max: number;
  readonly #revocations: Pick<Revocations, 'isEnded'> | null;
  readonly #forget: (() => void) | undefined;
  readonly #open = new Set<OpenStream>();
  #isClosed = false;

  /** @param revocations null where sessions do not end before their tokens */
  constructor(max: number, revocations: Pick<Revocations, 'isEnded' | 'onEnded'> | null) {
    this.#max = max;
    this.#revocations = revocations;
    this.#forget = revocations?.onEnded(() => void this.#endVoid());
  }

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  /** Whether no more are taken. */
  get isFull(): boolean {
    return this.#isClosed || this.#open.size >= this.#max;
  }

  /** Watches over one. `end` is called at most once, and never after it was taken out. @returns takes it out */
  add(protocol: StreamProtocol, identity: Identity | null, end: (why: GraphQLError) => void): () => void {
    let timer: NodeJS.Timeout | undefined;
    const remove = (): void => {
      clearTimeout(timer);
      if (this.#open.delete(stream)) streamsOpen.dec({ protocol });
    };
    const stream: OpenStream = {
      identity,
      end: (why) => {
        remove();
        end(why);
      },
    };
    this.#open.add(stream);
    streamsOpen.inc({ protocol });
    if (identity) {
      const expired = (): void => stream.end(graphError('UNAUTHENTICATED', 'The access token has expired.'));
      timer = setTimeout(expired, Math.min(identity.expiresAt.getTime() - Date.now(), maxTimerMs)).unref();
    }
    return remove;
  }

  /** Ends all, and takes no more. */
  close(): void {
    this.#isClosed = true;
    this.#forget?.();
    for (const { end } of [...this.#open]) {
      end(graphError('SERVICE_UNAVAILABLE', 'The gateway is closing.', { retryAfter: 1 }));
    }
  }

  async #endVoid(): Promise<void> {
    for (const stream of [...this.#open]) {
      const isVoid =
        stream.identity !== null && (await this.#revocations?.isEnded(stream.identity).catch(() => false));
      if (isVoid && this.#open.has(stream)) stream.end(graphError('UNAUTHENTICATED', sessionEnded));
    }
  }
}
