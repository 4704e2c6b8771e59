import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPairSync } from 'node:crypto';
import { Router } from 'express';
import jwt from 'jsonwebtoken';
import type { VerifyToken } from '@souk/shared/auth/access-token';
import { sessionEnded, tokenAudience, tokenIssuer } from '@souk/shared/auth/access-token';
import { accountStates } from '@souk/shared/contracts/account';
import { gatewaySecretHeader } from '@souk/shared/auth/gateway-secret';
import { localKeys } from '@souk/shared/auth/keys';
import { readEnv } from '@souk/shared/env';
import type { SubgraphApp } from '@souk/shared/graph/app';
import type { SubgraphSubscriber } from '@souk/shared/graph/server';
import type { RunningSubgraph } from '@souk/shared/graph/process';
import { runSubgraph } from '@souk/shared/graph/process';
import { processVariables } from '@souk/shared/graph/process-environment';
import { newId, toApiId } from '@souk/shared/ids';
import { statePath } from '@souk/shared/state';
import type { SystemSettings } from '@souk/shared/system-setting';
import { z } from 'zod';
import { freshDatabaseUrl } from '../../tests/support/database-template.js';
import { until } from '../../tests/support/until.js';

const secret = 'the gateway secret of the test';
const caller = { sessionId: newId(), userId: newId() };
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** A stand-in for account: it serves `ended` to callers with the secret. */
let account: Server;
let ended: string[];
let stored: { key: string; value: number }[];
let settings: SystemSettings;
let running: RunningSubgraph;
let verifyToken: VerifyToken;
let subscribe: SubgraphSubscriber;

async function run(knowsSessions: boolean): Promise<void> {
  const { port } = account.address() as AddressInfo;
  running = await runSubgraph({
    name: 'social',
    environment: readEnv(z.object(processVariables), {
      PORT: '0',
      GATEWAY_SECRET: secret,
      LOG_LEVEL: 'silent',
      QUEUE_DATABASE_URL: freshDatabaseUrl('queue'),
      JWKS_URL: `http://127.0.0.1:${port}/.well-known/jwks.json`,
    }),
    ownDatabaseUrl: freshDatabaseUrl('social'),
    store: { entities: [], migrations: [] },
    keys: () => localKeys({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'test' }] }),
    knowsSessions,
    createApp: (dependencies) => {
      verifyToken = dependencies.verifyToken;
      settings = dependencies.settings;
      return Promise.resolve<SubgraphApp>({
        name: 'social',
        execute: () => Promise.resolve({ data: {} }),
        subscribe,
        router: Router().get('/open', (_request, response) => void response.json('open')),
        internalRouter: Router().get('/internal', (_request, response) => void response.json('internal')),
        unreadyReasons: () => Promise.resolve([]),
        start: () => Promise.resolve(),
        close: () => dependencies.source.destroy(),
      });
    },
  });
}

beforeEach(async () => {
  ended = [];
  stored = [];
  subscribe = () => Promise.resolve({ data: null });
  account = createServer((request, response) => {
    const states: Record<string, unknown[]> = {
      [statePath(accountStates.endedSessions)]: ended.map((id) => ({ kind: 'session', id, isEnded: true })),
      [statePath(accountStates.systemSettings)]: stored,
    };
    const items = states[request.url?.split('?')[0] ?? ''];
    const isAllowed = items !== undefined && request.headers[gatewaySecretHeader] === secret;
    response.writeHead(isAllowed ? 200 : 403).end(JSON.stringify({ items, next: 'x', more: false }));
  });
  await new Promise<void>((resolve) => account.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  await running.close();
  account.closeAllConnections();
  await new Promise((resolve) => account.close(resolve));
});

function token(): string {
  return jwt.sign({ sid: toApiId('session', caller.sessionId), roles: [], scope: '' }, privateKey, {
    algorithm: 'ES256',
    keyid: 'test',
    subject: toApiId('user', caller.userId),
    issuer: tokenIssuer,
    audience: tokenAudience,
    jwtid: newId(),
    expiresIn: '15m',
  });
}

// The bound of five seconds follows from the polling interval: see ended-sessions.test.ts.
test('a subgraph refuses a token soon after account says that its session has ended', async () => {
  await run(false);
  await expect(verifyToken(token())).resolves.toMatchObject(caller);
  ended = [caller.sessionId];
  const refusal = await until('the token to be refused', async () =>
    verifyToken(token()).then(() => null, String),
  );
  expect(refusal).toContain(sessionEnded);
});

// The bound of five seconds follows from the polling interval: see settings-replica.test.ts.
test('a subgraph applies a system setting soon after account has stored it', async () => {
  await run(false);
  expect(settings.get('catalog.holdMinutes')).toBe(10);
  stored = [{ key: 'catalog.holdMinutes', value: 3 }];
  await until('the setting to apply', () => settings.get('catalog.holdMinutes') === 3);
});

test('the subgraph that owns the sessions requests none', async () => {
  await run(true);
  ended = [caller.sessionId];
  await expect(verifyToken(token())).resolves.toMatchObject(caller);
});

test('internal endpoints require the secret, others do not', async () => {
  await run(true);
  const get = async (path: string, presented?: string): Promise<number> => {
    const headers = presented === undefined ? {} : { [gatewaySecretHeader]: presented };
    return (await fetch(`http://127.0.0.1:${running.port}${path}`, { headers })).status;
  };
  expect(await get('/open')).toBe(200);
  expect(await get('/internal')).toBe(403);
  expect(await get('/internal', 'another secret, as long')).toBe(403);
  expect(await get('/internal', secret)).toBe(200);
});

describe('a subscription over HTTP', () => {
  const request = (headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${running.port}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        [gatewaySecretHeader]: secret,
        ...headers,
      },
      body: JSON.stringify({ query: 'subscription { ticks }' }),
    });

  test('is a stream of events, and says when it is complete', async () => {
    subscribe = () =>
      Promise.resolve(
        (async function* () {
          yield await Promise.resolve({ data: { ticks: 1 } });
          yield { data: { ticks: 2 } };
        })(),
      );
    await run(true);
    const response = await request();
    expect(response.headers.get('content-type')).toMatch('text/event-stream');
    expect(await response.text()).toBe(
      'event: next\ndata: {"data":{"ticks":1}}\n\nevent: next\ndata: {"data":{"ticks":2}}\n\nevent: complete\ndata:\n\n',
    );
  });

  test('that is rejected sends its error, and complete', async () => {
    subscribe = () => Promise.resolve({ errors: [{ message: 'no' }] });
    await run(true);
    expect(await (await request()).text()).toBe(
      'event: next\ndata: {"errors":[{"message":"no"}]}\n\nevent: complete\ndata:\n\n',
    );
  });

  test('is for the gateway only', async () => {
    await run(true);
    expect((await request({ [gatewaySecretHeader]: 'another' })).status).toBe(403);
  });

  test('ends with its reader, and is cut off where the process ends', async () => {
    let ended = 0;
    const quiet = (): AsyncIterableIterator<never> => {
      let end = (): void => undefined;
      const stream: AsyncIterableIterator<never> = {
        next: () => new Promise((resolve) => (end = () => resolve({ value: undefined, done: true }))),
        return: () => {
          ended += 1;
          end();
          return Promise.resolve({ value: undefined, done: true });
        },
        [Symbol.asyncIterator]: () => stream,
      };
      return stream;
    };
    subscribe = () => Promise.resolve(quiet());
    await run(true);
    const closed = await request();
    await closed.body?.cancel();
    await until('the stream of the closed request to end', () => ended === 1);
    const cut = await request();
    await running.close();
    // Some clients report a broken connection, others a regular end, since the head announced that the connection
    // closes.
    expect(await cut.text().catch(() => 'broken off')).not.toContain('complete');
    await until('the stream that was cut off to end', () => ended === 2);
    await run(true);
  });
});
