import type { KeyObject } from 'node:crypto';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { join } from 'node:path';

/** A signing key of the provider. */
export interface ProviderKey {
  kid: string;
  alg: 'RS256' | 'PS256' | 'ES256' | 'EdDSA';
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** The token to issue. */
export interface TokenRequest {
  sub: string;
  audience?: string;
  alg?: ProviderKey['alg'];
  /** In seconds. */
  expiresIn?: number;
  claims?: Record<string, unknown>;
}

/** Creates a key for an algorithm. */
export function createProviderKey(alg: ProviderKey['alg'], kid: string = randomUUID()): ProviderKey {
  const pair = {
    RS256: () => generateKeyPairSync('rsa', { modulusLength: 2_048 }),
    PS256: () => generateKeyPairSync('rsa', { modulusLength: 2_048 }),
    ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    EdDSA: () => generateKeyPairSync('ed25519'),
  }[alg]();
  return { kid, alg, ...pair };
}

/** A real OpenID Connect provider (oidc-provider) in a process of its own. */
export class OidcServer {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<string, (message: { result?: unknown; error?: string }) => void>();
  issuer = '';

  private constructor() {
    this.#child = fork(join(__dirname, 'oidc-server.cjs'), { execArgv: [], stdio: 'ignore' });
    this.#child.on('message', (message: { id: string; result?: unknown; error?: string }) => {
      this.#waiting.get(message.id)?.(message);
      this.#waiting.delete(message.id);
    });
  }

  /** Starts a provider with these keys, on a free port or that of an `issuer` on this machine. */
  static async start(keys: readonly ProviderKey[], issuer: string | null = null): Promise<OidcServer> {
    const server = new OidcServer();
    const wanted = issuer === null ? 0 : Number(new URL(issuer).port);
    const port = (await server.#send('listen', { port: wanted })) as number;
    server.issuer = `http://127.0.0.1:${port}`;
    await server.serve(keys);
    return server;
  }

  /** Serves with these keys from now on: after an outage, or in place of other keys. */
  async serve(keys: readonly ProviderKey[]): Promise<void> {
    const jwks = keys.map(({ kid, alg, privateKey }) => ({
      ...privateKey.export({ format: 'jwk' }),
      kid,
      use: 'sig',
      // One RSA key signs by both algorithms.
      ...(alg === 'RS256' || alg === 'PS256' ? {} : { alg }),
    }));
    await this.#send('serve', { issuer: this.issuer, keys: jwks });
  }

  /** Answers everything with 503 until `serve`. */
  async beAway(): Promise<void> {
    await this.#send('away', {});
  }

  /** Issues an access token, a JWT. */
  async issue({
    sub,
    audience = 'souk-api',
    alg = 'RS256',
    expiresIn = 600,
    claims = {},
  }: TokenRequest): Promise<string> {
    return (await this.#send('issue', { sub, audience, alg, expiresIn, claims })) as string;
  }

  /** The answer of the userinfo endpoint for a subject. */
  async setProfile(sub: string, claims: Record<string, unknown>): Promise<void> {
    await this.#send('profile', { sub, claims });
  }

  /** The paths that were requested since the last call. */
  async takeRequests(): Promise<string[]> {
    return (await this.#send('requests', {})) as string[];
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.disconnect();
    await ended;
  }

  #send(command: string, parameters: object): Promise<unknown> {
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => {
        if (error === undefined) resolve(result);
        else reject(new Error(error));
      });
      this.#child.send({ id, command, ...parameters });
    });
  }
}
