import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A real SMTP server that counts what it accepts, and stores no more of it than the Message-ID. */
export class SmtpReceiver {
  /** How often each message came, by the id of its notification. */
  readonly times = new Map<string, number>();
  /** When each accepted message came, in the order of their coming. */
  readonly #at: number[] = [];
  readonly #server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData: (stream, _session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('error', callback);
      stream.once('end', () => {
        this.#accept(Buffer.concat(chunks).toString('latin1'));
        callback(null);
      });
    },
  });

  constructor() {
    // A killed client is no fault.
    this.#server.on('error', () => undefined);
  }

  /** Number of messages, repeated ones included. */
  get accepted(): number {
    return this.#at.length;
  }

  /** Messages per second from the first one to the nth, without `pausesMs`. */
  rateUntil(nth: number, pausesMs: number): number {
    const last = this.#at[Math.max(1, nth) - 1] ?? this.#at.at(-1) ?? 0;
    return nth / ((last - (this.#at[0] ?? 0) - pausesMs) / 1_000);
  }

  /** Begins anew. */
  forget(): void {
    this.times.clear();
    this.#at.length = 0;
  }

  /** Listens on a free port. @returns its URL */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', () => resolve());
    });
    const { port } = this.#server.server.address() as AddressInfo;
    return `smtp://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #accept(message: string): void {
    const [, id = ''] = /^Message-ID: <([^.>]*)/im.exec(message) ?? [];
    this.times.set(id, (this.times.get(id) ?? 0) + 1);
    this.#at.push(performance.now());
  }
}
