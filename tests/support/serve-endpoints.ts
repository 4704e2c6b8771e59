import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { SubgraphUnderTest } from './subgraph.js';

/** Serves the HTTP endpoints of a subgraph on a free port. */
export async function serveEndpoints({
  app,
}: SubgraphUnderTest): Promise<{ url: string; close: () => void }> {
  const http = express();
  if (app.router) http.use(app.router);
  const server = createServer(http);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
