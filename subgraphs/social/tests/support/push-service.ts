import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import type { ECDH } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { until } from '../../../../tests/support/until.js';

/** A message as its browser has decrypted it. */
export interface ReceivedPush {
  path: string;
  headers: IncomingHttpHeaders;
  /** The decrypted payload. */
  payload: Record<string, unknown>;
}

/** A push service with its browsers: takes messages over HTTPS and decrypts them by RFC 8291. */
export class PushService {
  readonly received: ReceivedPush[] = [];
  /** Requests that arrived, also those that were refused. */
  readonly paths: string[] = [];
  /** The status for a path; 201 by default. */
  onRequest: (path: string) => number = () => 201;
  readonly #browsers = new Map<string, { ecdh: ECDH; auth: Buffer }>();
  readonly #server: Server;

  /** @param certificate for `127.0.0.1` and `push.example` */
  constructor(certificate: { key: string; cert: string }) {
    this.#server = createServer(certificate, (request, response) => {
      this.#take(request).then(
        (status) => response.writeHead(status, { location: 'https://127.0.0.1/' }).end(),
        (error: unknown) => {
          response.writeHead(400).end(String(error));
        },
      );
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => void this.#server.listen(0, '127.0.0.1', resolve));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** A browser's subscription, as PushSubscription.toJSON() returns it. */
  subscribe(host = '127.0.0.1'): {
    endpoint: string;
    expirationTime: number | null;
    keys: { p256dh: string; auth: string };
  } {
    const ecdh = createECDH('prime256v1');
    ecdh.generateKeys();
    const auth = randomBytes(16);
    const path = `/push/${randomBytes(8).toString('hex')}`;
    this.#browsers.set(path, { ecdh, auth });
    return {
      endpoint: `https://${host}:${this.port}${path}`,
      expirationTime: null,
      keys: { p256dh: ecdh.getPublicKey('base64url'), auth: auth.toString('base64url') },
    };
  }

  /** Waits for the nth message to a subscription. */
  messageTo({ endpoint }: { endpoint: string }, nth = 1): Promise<ReceivedPush> {
    const { pathname } = new URL(endpoint);
    return until(`push ${nth}`, () => this.received.filter(({ path }) => path === pathname)[nth - 1]);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #take(request: IncomingMessage): Promise<number> {
    const path = request.url ?? '';
    this.paths.push(path);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const status = this.onRequest(path);
    if (status !== 201) return status;
    const browser = this.#browsers.get(path);
    if (!browser) return 404;
    const payload = decrypt(Buffer.concat(chunks), browser.ecdh, browser.auth);
    this.received.push({
      path,
      headers: request.headers,
      payload: JSON.parse(payload) as Record<string, unknown>,
    });
    return 201;
  }
}

/** Decrypts a message of one record: RFC 8188 with the keys of RFC 8291. */
function decrypt(body: Buffer, browser: ECDH, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const keyLength = body.readUInt8(20);
  const sender = body.subarray(21, 21 + keyLength);
  const record = body.subarray(21 + keyLength);
  const secret = browser.computeSecret(sender);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), sender]);
  const input = Buffer.from(hkdfSync('sha256', secret, auth, info, 32));
  const key = Buffer.from(hkdfSync('sha256', input, salt, 'Content-Encoding: aes128gcm\0', 16));
  const nonce = Buffer.from(hkdfSync('sha256', input, salt, 'Content-Encoding: nonce\0', 12));
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  // The last record ends with a 2, after which come zeros.
  return padded.subarray(0, padded.lastIndexOf(2)).toString('utf8');
}

/** The claims of a VAPID header (RFC 8292). @throws when its signature is not that of the key */
export function vapidClaims(authorization: string, publicKey: string): Record<string, unknown> {
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization) ?? [];
  const [header = '', claims = '', signature = ''] = token.split('.');
  if (key !== publicKey) throw new Error('The header has another key.');
  const point = Buffer.from(publicKey, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const isSigned = verify(
    'sha256',
    Buffer.from(`${header}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!isSigned) throw new Error('The signature is not valid.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Record<string, unknown>;
}
