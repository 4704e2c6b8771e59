import { composeServices } from '@apollo/composition';
import { scopesOf } from '@souk/shared/auth/scopes';
import { tokenAudience, tokenIssuer } from '@souk/shared/auth/access-token';
import { newId, toApiId } from '@souk/shared/ids';
import { parse } from 'graphql';
import jwt from 'jsonwebtoken';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { schemas } from './gateway-graph.js';
import { startRedis } from './redis.js';

/** One of the gateway's safety features, switched on alone. */
export interface SafetyFeature {
  name: string;
  env: Record<string, string>;
  /** Request headers that the client sends beside the operation. */
  headers: Record<string, string>;
  /** Whether all fields of the supergraph require a token. */
  isGuarded: boolean;
}

/** External services that the features need. */
export interface SafetyWorld {
  features: readonly SafetyFeature[];
  close(): Promise<void>;
}

const kid = 'bench';
const off = { SHARE_QUERIES: 'false', RATE_LIMIT_PER_MINUTE: '0', READ_CACHE_BYTES: '0' };
const counted = { ...off, RATE_LIMIT_PER_MINUTE: '1000000000' };

/**
 * The features that can be switched off, each on alone; bodies, depth, deadlines, bulkheads and breakers are always on.
 * A key set and a collector of traces are served here, Redis is started.
 */
export async function openSafetyWorld(): Promise<SafetyWorld> {
  const redis = await startRedis();
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keys = JSON.stringify({
    keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }],
  });
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end(request.url === '/keys' ? keys : '{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const verified = { ...off, JWKS_URL: `${address}/keys` };
  const token = { authorization: `Bearer ${signed(privateKey.export({ format: 'pem', type: 'pkcs8' }))}` };
  const feature = (
    name: string,
    env: Record<string, string>,
    headers: Record<string, string> = {},
    isGuarded = false,
  ): SafetyFeature => ({ name, env, headers, isGuarded });
  return {
    features: [
      feature('Souk, all off', off),
      feature('+ counted in this process', counted),
      feature('+ counted in Redis', { ...counted, REDIS_URL: redis.url }),
      feature('+ tokens verified', verified, token),
      feature('+ tokens, all fields guarded', verified, token, true),
      feature('+ cost reported', off, { 'x-souk-cost': '1' }),
      feature('+ traced', { ...off, OTEL_EXPORTER_OTLP_ENDPOINT: address }),
    ],
    close: async () => {
      server.closeAllConnections();
      server.close();
      await redis.stop();
    },
  };
}

/** The benchmark's supergraph, at subgraphs from a port upward; where it is guarded all fields require a token. */
export function composed(firstPort: number, isGuarded: boolean): string {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(schemas).map(([name, sdl], offset) => ({
      name,
      url: `http://127.0.0.1:${firstPort + offset}/graphql`,
      typeDefs: parse(isGuarded ? guarded(sdl) : sdl),
    })),
  );
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

function guarded(sdl: string): string {
  return sdl
    .replace('/federation/v2.3', '/federation/v2.5')
    .replace('"@key"', '"@key", "@authenticated"')
    .replaceAll(/type (User|Product|Review) (@key\(fields: "\w+"\))/g, 'type $1 $2 @authenticated');
}

function signed(privateKey: string | Buffer): string {
  return jwt.sign(
    { sid: toApiId('session', newId()), roles: ['USER'], scope: scopesOf(['USER']).join(' ') },
    privateKey,
    {
      algorithm: 'ES256',
      keyid: kid,
      subject: toApiId('user', newId()),
      issuer: tokenIssuer,
      audience: tokenAudience,
      jwtid: randomUUID(),
      expiresIn: '1h',
    },
  );
}
