import type { Server } from 'node:net';
import { createServer } from 'node:net';
import { freePort as portOfRegion } from '../../tests/support/ports.js';
import { freePort, freePorts } from './free-port.js';

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

describe('free ports', () => {
  it('can be listened on, and differ', async () => {
    const [first, second] = await Promise.all([freePort(), freePort()]);
    expect(first).not.toBe(second);
    await close(await listen(first));
  });

  it('are consecutive: a candidate with a taken port among its ports is skipped', async () => {
    const taken = await portOfRegion();
    const server = await listen(taken);
    try {
      const others = Array.from({ length: 100 }, (_, offset) => 15_000 + offset);
      expect(others).toContain(await freePorts(1, [taken, ...others]));
      await expect(freePorts(3, [taken - 2, taken - 1, taken])).rejects.toThrow('3 consecutive ports');
    } finally {
      await close(server);
    }
  });
});
