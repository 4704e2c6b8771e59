import { messageOf } from '../errors.js';
import type { Log } from '../log.js';
import type { PublishChanges, Topic } from '../topic.js';

/** Transports notifications between processes. */
export interface NotificationTransport {
  /** @throws when the payloads may not have been sent */
  publish(channel: string, payloads: readonly string[]): Promise<void>;
  /** Subscribes to a channel; reconnects after a lost connection. */
  subscribe(channel: string, listener: ChannelListener): void;
  close(): Promise<void>;
}

/** A subscriber of a transport's channel. */
export interface ChannelListener {
  received(payload: string): void;
  /** The channel is connected, for the first time or again: earlier payloads were missed. */
  connected(): void;
  /** The channel is disconnected until `connected` is called. */
  lost(): void;
}

/** An observer of all notifications of a channel. */
export interface ChangeObserver {
  changed(topics: readonly string[]): void;
  /** This process is about to publish them: its own caches must not wait for the round trip. */
  publishing(topics: readonly string[]): void;
  /** Notifications may have been missed: anything may have changed. The channel is connected. */
  missed(): void;
  /** The channel is disconnected until `missed` is called. */
  lost(): void;
}

/** Publishes and receives change notifications of one channel. */
export interface ChangeNotifications {
  readonly publish: PublishChanges;
  /**
   * Calls `changed` after each notification about one of the topics, and whenever some may have been missed.
   * @returns stops it
   */
  subscribe(topics: readonly Topic[], changed: () => void): () => void;
  /**
   * Reports every notification, and whether the channel is connected: calls `missed` first.
   * @returns stops it
   */
  observe(watcher: ChangeObserver): () => void;
  /** Resolves when the channel is connected, or after a moment if the store is unavailable. */
  ready(): Promise<void>;
}

/** A payload of PostgreSQL has at most 8,000 bytes; topics are ASCII. */
const maxPayload = 7_900;
const everything = '*';
/** While the store is unavailable, more topics than this are replaced by one notification for everything. */
const maxWaiting = 10_000;
const pauseMs = 10;
const pauseAfterFailureMs = 1_000;
const readyWithinMs = 2_000;

/**
 * Change notifications between processes. A notification says that something has changed, not how: subscribers read the
 * present state. So it may be lost, repeated or late. Notifications in quick succession are sent together, with one
 * call under way at a time. After a failed call one notification for everything is sent.
 */
export class NotificationChannel implements ChangeNotifications {
  readonly #channel: string;
  readonly #transport: NotificationTransport;
  readonly #log: Log;
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #waiting = new Set<string>();
  readonly #observers = new Set<ChangeObserver>();
  #hasMissed = false;
  #isSending = false;
  #isSubscribed = false;
  #isConnected = false;
  #isLost = false;
  /** Whether a caller of `ready` has timed out. */
  #isLate = false;
  readonly #whenConnected: (() => void)[] = [];

  constructor(channel: string, transport: NotificationTransport, log: Log) {
    this.#channel = `souk-signals-${channel}`;
    this.#transport = transport;
    this.#log = log;
  }

  readonly publish: PublishChanges = (topics) => {
    const sent = [...topics];
    for (const watcher of this.#observers) watcher.publishing(sent);
    for (const topic of sent) this.#waiting.add(topic);
    if (this.#waiting.size > maxWaiting) {
      this.#waiting.clear();
      this.#hasMissed = true;
    }
    if (this.#isSending || this.#waiting.size === 0) return;
    this.#isSending = true;
    void this.#flush();
  };

  subscribe(topics: readonly Topic[], changed: () => void): () => void {
    this.#subscribe();
    for (const topic of topics) {
      const known = this.#listeners.get(topic);
      if (known) known.add(changed);
      else this.#listeners.set(topic, new Set([changed]));
    }
    return () => {
      for (const topic of topics) {
        const known = this.#listeners.get(topic);
        if (known?.delete(changed) && known.size === 0) this.#listeners.delete(topic);
      }
    };
  }

  observe(watcher: ChangeObserver): () => void {
    this.#observers.add(watcher);
    this.#subscribe();
    if (this.#isConnected && !this.#isLost) watcher.missed();
    return () => void this.#observers.delete(watcher);
  }

  async ready(): Promise<void> {
    this.#subscribe();
    if (this.#isConnected) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.#isLate = true;
        resolve();
      }, readyWithinMs).unref();
      this.#whenConnected.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #subscribe(): void {
    if (this.#isSubscribed) return;
    this.#isSubscribed = true;
    this.#transport.subscribe(this.#channel, {
      received: (payload) => this.#receive(payload),
      connected: () => {
        const hasMissed = this.#isConnected || this.#isLate;
        this.#isConnected = true;
        this.#isLost = false;
        for (const resolve of this.#whenConnected.splice(0)) resolve();
        if (hasMissed) this.#notifyAll();
        else for (const watcher of this.#observers) watcher.missed();
      },
      lost: () => {
        this.#isLost = true;
        for (const watcher of this.#observers) watcher.lost();
      },
    });
  }

  #receive(payload: string): void {
    if (payload === everything) {
      this.#notifyAll();
      return;
    }
    const topics = payload.split(',');
    for (const watcher of this.#observers) watcher.changed(topics);
    for (const topic of topics) {
      for (const changed of this.#listeners.get(topic) ?? []) changed();
    }
  }

  #notifyAll(): void {
    if (!this.#isLost) for (const watcher of this.#observers) watcher.missed();
    for (const listeners of this.#listeners.values()) for (const changed of listeners) changed();
  }

  async #flush(): Promise<void> {
    while (this.#waiting.size > 0 || this.#hasMissed) {
      const payloads = this.#hasMissed ? [everything] : payloadsOf(this.#waiting);
      this.#hasMissed = false;
      this.#waiting.clear();
      try {
        await this.#transport.publish(this.#channel, payloads);
        await pause(pauseMs);
      } catch (error) {
        this.#log.debug(
          { err: messageOf(error), channel: this.#channel },
          'change notifications could not be sent',
        );
        this.#hasMissed = true;
        await pause(pauseAfterFailureMs);
      }
    }
    this.#isSending = false;
  }
}

/** The channels of a transport, one for each name. */
export function notificationChannels(
  transport: NotificationTransport,
  log: Log,
): (name: string) => ChangeNotifications {
  const channels = new Map<string, ChangeNotifications>();
  return (name) => {
    const known = channels.get(name);
    if (known) return known;
    const channel = new NotificationChannel(name, transport, log);
    channels.set(name, channel);
    return channel;
  };
}

function payloadsOf(topics: Iterable<string>): string[] {
  const payloads: string[] = [];
  let payload = '';
  for (const topic of topics) {
    if (payload !== '' && payload.length + topic.length >= maxPayload) {
      payloads.push(payload);
      payload = '';
    }
    payload += payload === '' ? topic : `,${topic}`;
  }
  return payload === '' ? payloads : [...payloads, payload];
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    // Notifications alone keep no process alive.
    setTimeout(resolve, ms).unref();
  });
}
