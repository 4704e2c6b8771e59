import { withDeadline } from '../async/deadline.js';
import { messageOf } from '../errors.js';
import type { Log } from '../log.js';
import type { ListenHandle, SharedListenPool } from './shared-listen-pool.js';
import type { ChannelListener, NotificationTransport } from './change-notifications.js';

const publishTimeoutMs = 5_000;
const retryMs = 500;

/** Notifications by NOTIFY and LISTEN, on the connection that the process's workers share. */
export function postgresTransport(pool: SharedListenPool, log: Log): NotificationTransport {
  const listeners = new Map<string, ChannelListener>();
  /** The channels that the present client listens to. */
  const listening = new Set<string>();
  let client: ListenHandle | null = null;
  let isOpening = false;
  let isClosed = false;
  /** A function, since it changes while the transport waits. */
  const hasClosed = (): boolean => isClosed;

  /** Includes channels that are added meanwhile. */
  const listen = async (lent: ListenHandle): Promise<void> => {
    for (const [channel, listener] of listeners) {
      if (listening.has(channel)) continue;
      listening.add(channel);
      await lent.query(`LISTEN "${channel}"`);
      listener.connected();
    }
  };

  const retry = (): void => {
    client?.release();
    client = null;
    for (const channel of listening) listeners.get(channel)?.lost();
    listening.clear();
    if (!isClosed) setTimeout(() => void open(), retryMs).unref();
  };

  const open = async (): Promise<void> => {
    if (isOpening || client || isClosed) return;
    isOpening = true;
    try {
      const lent = await pool.connect();
      // Closed meanwhile: the pool would wait for this connection forever.
      if (hasClosed()) {
        lent.release();
        return;
      }
      client = lent;
      lent.on('notification', ({ channel, payload = '' }: { channel: string; payload?: string }) =>
        listeners.get(channel)?.received(payload),
      );
      lent.once('error', retry);
      await listen(lent);
    } catch (error) {
      log.debug({ err: messageOf(error) }, 'cannot listen for change notifications');
      retry();
    } finally {
      isOpening = false;
    }
  };

  return {
    publish: async (channel, payloads) => {
      const sending = pool.query('SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload', [
        channel,
        payloads,
      ]);
      await withDeadline(sending, {
        timeoutMs: publishTimeoutMs,
        createError: () => new Error('The database did not answer in time.'),
      });
    },
    subscribe: (channel, listener) => {
      listeners.set(channel, listener);
      if (client) listen(client).catch(retry);
      else void open();
    },
    close: () => {
      isClosed = true;
      client?.release();
      client = null;
      return Promise.resolve();
    },
  };
}
