import type { Redis } from 'ioredis';
import type { ChannelListener, NotificationTransport } from './change-notifications.js';

/**
 * Notifications by Redis publish/subscribe: `publisher` is shared with others, `open` creates a connection for
 * listening.
 */
export function redisTransport(publisher: Redis, open: () => Redis): NotificationTransport {
  const listeners = new Map<string, ChannelListener>();
  let subscriber: Redis | null = null;

  const listen = (channels: readonly string[]): void => {
    subscriber?.subscribe(...channels).then(
      () => channels.forEach((channel) => listeners.get(channel)?.connected()),
      // The connection is lost; the next one subscribes to all channels again.
      () => undefined,
    );
  };

  const connect = (): Redis => {
    const connection = open();
    connection.on('message', (channel: string, payload: string) => listeners.get(channel)?.received(payload));
    connection.on('ready', () => listen([...listeners.keys()]));
    connection.on('close', () => listeners.forEach((listener) => listener.lost()));
    return connection;
  };

  return {
    publish: async (channel, payloads) => {
      const pipeline = publisher.pipeline();
      for (const payload of payloads) pipeline.publish(channel, payload);
      for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
    },
    subscribe: (channel, listener) => {
      listeners.set(channel, listener);
      if (subscriber?.status === 'ready') listen([channel]);
      subscriber ??= connect();
    },
    close: () => {
      subscriber?.disconnect();
      return Promise.resolve();
    },
  };
}
