import type { ChangeNotifications } from '@souk/shared/notifications/change-notifications';
import { randomUUID } from 'node:crypto';

const pulseMs = 1_000;
/** A connection without a pulse for this long counts as broken. */
const silenceMs = 3_000;
const retryMs = 200;

/** Receives the change notifications of a subgraph, and knows whether it misses any. */
export class InvalidationListener {
  readonly #subgraph: string;
  readonly #signals: ChangeNotifications;
  readonly #change: (topics: readonly string[]) => Promise<void>;
  readonly #own = `gateway:${randomUUID()}` as const;
  readonly #stop: () => void;
  readonly #pulse: NodeJS.Timeout;
  #lastHeard = 0;
  #isConnected = false;
  /** Whether all changes so far have been recorded. */
  #isUpToDate = false;
  #isClosed = false;
  #lastAll = 0;

  /** @param change records topics; `*` is all of them */
  constructor(
    subgraph: string,
    signals: ChangeNotifications,
    change: (topics: readonly string[]) => Promise<void>,
  ) {
    this.#subgraph = subgraph;
    this.#signals = signals;
    this.#change = change;
    this.#stop = signals.observe({
      changed: (topics) => this.#receive(topics),
      publishing: (topics) => {
        if (this.isSynced) this.#take(topics);
      },
      missed: () => {
        this.#isConnected = true;
        this.#lastHeard = performance.now();
        void this.#dropAll();
      },
      lost: () => {
        this.#isConnected = false;
        this.#isUpToDate = false;
      },
    });
    this.#pulse = setInterval(() => this.#signals.publish([this.#own]), pulseMs).unref();
  }

  /** Whether no change has been missed. */
  get isSynced(): boolean {
    if (!this.#isConnected || !this.#isUpToDate) return false;
    if (performance.now() - this.#lastHeard < silenceMs) return true;
    this.#isUpToDate = false;
    return false;
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#pulse);
    this.#stop();
  }

  #receive(topics: readonly string[]): void {
    const wasSure = this.isSynced;
    this.#lastHeard = performance.now();
    if (!wasSure) {
      if (this.#isConnected) void this.#dropAll();
      return;
    }
    this.#take(topics);
  }

  #take(topics: readonly string[]): void {
    const changed = topics.filter((topic) => !topic.startsWith('gateway:'));
    if (changed.length === 0) return;
    this.#change(changed.map((topic) => topicOf(this.#subgraph, topic))).catch(() => {
      this.#isUpToDate = false;
      void this.#dropAll();
    });
  }

  /** Invalidates everything, with retries. A later call replaces an earlier one that still retries. */
  async #dropAll(): Promise<void> {
    this.#isUpToDate = false;
    this.#lastAll += 1;
    const mine = this.#lastAll;
    const isLast = (): boolean => !this.#isClosed && this.#isConnected && mine === this.#lastAll;
    while (isLast()) {
      try {
        await this.#change(['*']);
        if (isLast()) this.#isUpToDate = true;
        return;
      } catch {
        await new Promise((resolve) => {
          setTimeout(resolve, retryMs).unref();
        });
      }
    }
  }
}

/** A subgraph's topic as the cache's key. */
export function topicOf(subgraph: string, topic: string): string {
  return `${subgraph}/${topic}`;
}
