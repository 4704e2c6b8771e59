import type { TestRedis } from '../../tests/support/redis.js';
import { redisAvailable, startRedis } from '../../tests/support/redis.js';
import { signalsConformance } from './notifications-conformance.js';

const suite = redisAvailable ? describe : describe.skip;

suite(
  `change notifications on Redis${redisAvailable ? '' : ' (skipped: no redis-server on this machine)'}`,
  () => {
    const servers: TestRedis[] = [];

    afterAll(() => Promise.all(servers.map((server) => server.stop())));

    signalsConformance(async () => {
      const server = await startRedis();
      servers.push(server);
      return { store: { redisUrl: server.url }, cut: () => server.crash() };
    });
  },
);
