import type { TestRedis } from '../../tests/support/redis.js';
import { redisAvailable, startRedis } from '../../tests/support/redis.js';
import { queueConformance } from './queue-conformance.js';

const suite = redisAvailable ? describe : describe.skip;

suite(
  redisAvailable ? 'the queue on Redis' : 'the queue on Redis (skipped: no redis-server on this machine)',
  () => {
    const servers: TestRedis[] = [];

    afterAll(() => Promise.all(servers.map((server) => server.stop())));

    queueConformance(async () => {
      const server = await startRedis();
      servers.push(server);
      return { redisUrl: server.url };
    });
  },
);
