import { metricsEndpoint } from '@souk/shared/graph/metrics-endpoint';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { closeServer, listen } from './http-server.js';

/** Grace period for scrapes in progress at shutdown. */
const graceMs = 500;

/** /metrics at a port of its own, which need not be published with the API's; nothing where no port is named. */
export class MetricsServer {
  readonly #port: number | null;
  readonly #host: string;
  readonly #server: Server;

  constructor({ port, token }: MetricsAccess, host: string) {
    const metrics = metricsEndpoint(token);
    this.#port = port;
    this.#host = host;
    this.#server = createServer((request, response) => {
      if (request.method === 'GET' && request.url === '/metrics') {
        metrics(request, response).catch(() => response.destroy());
        return;
      }
      response.writeHead(404).end();
    });
  }

  /** Starts listening. @returns the port, or null without one. */
  async listen(): Promise<number | null> {
    return this.#port === null ? null : listen(this.#server, this.#port, this.#host);
  }

  /** Stops the server. */
  async close(): Promise<void> {
    await closeServer(this.#server, graceMs);
  }
}

/** Access to /metrics, and its port. */
export interface MetricsAccess {
  /** A port of its own, which serves nothing else; null: none. */
  port: number | null;
  /** The bearer token that readers need; null makes metrics public on the port. */
  token: string | null;
  /** Whether it is also at the port of the API. */
  isPublic: boolean;
}
