import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a subgraph has received. */
export interface RawRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Answers a request: with a text of JSON, or by itself. */
export type RawAnswer = (
  request: RawRequest,
  response: ServerResponse,
  incoming: IncomingMessage,
) => string | null;

/** A subgraph over HTTP that answers with exactly what the test says, and keeps what it receives. */
export class RawSubgraph {
  readonly requests: RawRequest[] = [];
  answer: RawAnswer;
  readonly #server: Server;

  constructor(answer: RawAnswer) {
    this.answer = answer;
    this.#server = createServer((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { method = '', url = '', headers } = incoming;
        const request = { method, url, headers, body: Buffer.concat(chunks).toString() };
        this.requests.push(request);
        const text = this.answer(request, response, incoming);
        if (text !== null) response.setHeader('content-type', 'application/json').end(text);
      });
    });
  }

  /** Where it listens. */
  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Starts it. @returns its address */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `${this.origin}/graphql`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
