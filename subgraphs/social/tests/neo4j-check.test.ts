import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { neo4jProblem } from '../src/graph-store/neo4j-check.js';
import { freePort } from '../../../tests/support/ports.js';

const find = async (port: number): Promise<string | undefined> =>
  (await neo4jProblem({ url: `bolt://127.0.0.1:${port}`, user: 'neo4j', password: 'a secret' }))?.reason;

test('a port on which no server listens is reported', async () => {
  const port = await freePort();
  expect(await find(port)).toBe(`no Neo4j responds at 127.0.0.1:${port} (connection refused)`);
});

test('a server that does not respond is reported', async () => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await find(port)).toBe(`no Neo4j responds at 127.0.0.1:${port} (no response within 5 s)`);
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});
