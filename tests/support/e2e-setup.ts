import type { TestRedis } from './redis';
import { redisAvailable, startRedis } from './redis';
import type { TestSouk, Topology } from './souk';
import { startSouk } from './souk';

interface Started {
  souk: TestSouk;
  redis: TestRedis | null;
}

declare global {
  var startedSouks: Started[] | undefined;
}

/** Starts one Souk for all suites of a topology; its address travels in the environment to the suites' processes. */
export async function startFor(topology: Topology): Promise<void> {
  // The distributed topology stands on Redis wherever one can be started, else on PostgreSQL's queue.
  const redis = topology === 'distributed' && redisAvailable ? await startRedis() : null;
  if (topology === 'distributed' && !redis) {
    process.stderr.write(
      'No redis-server on this machine: the distributed topology is tested on the PostgreSQL queue.\n',
    );
  }
  const souk = await startSouk({ topology, environment: redis ? { REDIS_URL: redis.url } : {} });
  (globalThis.startedSouks ??= []).push({ souk, redis });
  process.env[`SOUK_URL_${topology.toUpperCase()}`] = souk.url;
}

/** Stops them all. */
export async function stopAll(): Promise<void> {
  for (const { souk, redis } of globalThis.startedSouks?.splice(0) ?? []) {
    await souk.stop();
    if (process.env['TEST_LOG_LEVEL']) process.stderr.write(souk.output());
    await souk.clean();
    await redis?.stop();
  }
}
