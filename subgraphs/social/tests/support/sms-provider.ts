import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { until } from '../../../../tests/support/until.js';

/** A request to the provider. */
export interface SmsRequest {
  path: string;
  authorization: string;
  parameters: Record<string, string>;
}

/** A provider of text messages with Twilio's API, which keeps what it accepts. */
export class SmsProvider {
  readonly accepted: SmsRequest[] = [];
  /** The refusal of a request; null accepts it. */
  onRequest: (request: SmsRequest) => { status: number; code: number } | null = () => null;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      void text(request).then((body) => {
        const received = {
          path: request.url ?? '',
          authorization: request.headers.authorization ?? '',
          parameters: Object.fromEntries(new URLSearchParams(body)),
        };
        const refusal = this.onRequest(received);
        if (!refusal) this.accepted.push(received);
        response
          .writeHead(refusal?.status ?? 201, { 'content-type': 'application/json' })
          .end(JSON.stringify(refusal ? { code: refusal.code, message: 'planned' } : { status: 'queued' }));
      });
    });
  }

  /** Listens on a free port. @returns its URL */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => void this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Waits for the first message to a number. */
  messageTo(number: string): Promise<SmsRequest> {
    return until(`a text message to ${number}`, () =>
      this.accepted.find(({ parameters }) => parameters['To'] === number),
    );
  }

  /** A report about a message, signed with the account's token as Twilio does. */
  report(token: string, callback: string, parameters: Record<string, string>): RequestInit {
    const signed =
      callback +
      Object.keys(parameters)
        .sort()
        .map((name) => `${name}${parameters[name] ?? ''}`)
        .join('');
    return {
      method: 'POST',
      body: new URLSearchParams(parameters),
      headers: { 'x-twilio-signature': createHmac('sha1', token).update(signed).digest('base64') },
    };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
