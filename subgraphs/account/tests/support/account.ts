import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { FormattedExecutionResult } from 'graphql';
import { tokenVerifier } from '@souk/shared/auth/access-token';
import type { ExchangeToken } from '@souk/shared/auth/token-exchange';
import { localKeys } from '@souk/shared/auth/keys';
import { openDataSource } from '@souk/shared/db/data-source';
import type { SubgraphDependencies } from '@souk/shared/graph/app';
import { refreshCookieHeader } from '@souk/shared/graph/refresh-cookie';
import { fromApiId } from '@souk/shared/ids';
import type { AccountApp, AccountOptions } from '@souk/account/app';
import { createApp, createKeySet } from '@souk/account/app';
import { entities, migrations } from '@souk/account/database';
import type { SubgraphUnderTest } from '../../../../tests/support/subgraph.js';
import { startSubgraph } from '../../../../tests/support/subgraph.js';

/** A valid password. */
export const goodPassword = 'correct horse battery';

/** A signed-in user. */
export interface Person {
  /** TypeID. */
  id: string;
  /** UUID. */
  userId: string;
  email: string;
  accessToken: string;
  refreshToken: string;
}

/** The caller of an operation. */
export interface Caller {
  accessToken?: string;
  address?: string;
  userAgent?: string;
  language?: string;
  /** The token of the refresh cookie, empty without one; left out: the caller keeps tokens by itself. */
  refreshCookie?: string;
}

/** A user error of the API. */
export interface UserErrorResult {
  code: string;
  message: string;
  field: string[] | null;
  /** Set for TOO_MANY_ATTEMPTS. */
  retryAt?: string;
}

/** The payload of a mutation. */
export type Payload = Record<string, unknown> & { userErrors: UserErrorResult[] };

/** The account subgraph with its own signing key and an adjustable clock. */
export interface AccountUnderTest {
  subgraph: SubgraphUnderTest;
  run(query: string, variables?: Record<string, unknown>, caller?: Caller): Promise<FormattedExecutionResult>;
  /** Runs a mutation of one field and returns its payload. @throws on top-level errors */
  mutate(query: string, variables: Record<string, unknown>, caller?: Caller): Promise<Payload>;
  register(email?: string): Promise<Person>;
  admin(): Promise<Person>;
  logIn(email: string, password: string, caller?: Caller): Promise<Payload>;
  refresh(refreshToken: string): Promise<Payload>;
  /** Exchanges a token of an external issuer. */
  exchange: ExchangeToken;
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** Sets back the time at which refresh tokens were used, which is the database's. */
  ageTokenUses(milliseconds: number): Promise<void>;
  /** A second account process with connections of its own, on the same database and with the same keys. */
  another(settings?: Partial<AccountOptions>): Promise<OtherAccount>;
  /** Opens every connection of the pool, so that parallel operations really run in parallel. */
  warmPool(): Promise<void>;
  /** The time of account's clock. */
  now(): Date;
  /** Adds to account's clock; a negative value sets it back. */
  advanceClock(milliseconds: number): void;
  close(): Promise<void>;
}

/** A second process of account. */
export type OtherAccount = Pick<AccountUnderTest, 'refresh' | 'mutate'> & { stop(): Promise<void> };

/** The key that encrypts the secrets of authenticator apps. */
export const mfaEncryptionKey = 'the mfa encryption key of these tests';

/** The site that passkeys belong to. */
export const relyingParty = { id: 'souk.test', origins: ['https://shop.souk.test', 'https://souk.test'] };

const administrator = { adminEmail: 'Root@souk.test', adminPassword: 'the keys of the house' };

/** A selection of every field of an AuthPayload. */
export const authPayload = `{
  accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt mfaChallenge mfaMethods user { id displayName }
  userErrors { __typename code message field ... on TooManyAttemptsError { retryAt } }
}`;

/** Starts account on a fresh database. */
export async function startAccount(
  settings: Pick<AccountOptions, 'registrationsPerHour' | 'issuers'> = {},
): Promise<AccountUnderTest> {
  const { privateKey: signingKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  let ahead = 0;
  let exchangeToken: ExchangeToken = () => Promise.reject(new Error('Account has not started.'));
  const open = async (
    dependencies: SubgraphDependencies,
    others: Partial<AccountOptions> = {},
  ): Promise<AccountApp> => {
    const app = await createApp(
      {
        ...dependencies,
        clock: { now: () => new Date(Date.now() + ahead) },
        verifyToken: tokenVerifier(localKeys(createKeySet(signingKey))),
      },
      {
        signingKey,
        mfaEncryptionKeys: [mfaEncryptionKey],
        relyingParty,
        ...administrator,
        ...settings,
        ...others,
      },
    );
    ({ exchangeToken } = app);
    return app;
  };
  const subgraph = await startSubgraph('account', { entities, migrations }, (dependencies) =>
    open(dependencies),
  );
  const run: AccountUnderTest['run'] = (query, variables, caller) =>
    runAt(subgraph.app, query, variables, caller);
  const mutate: AccountUnderTest['mutate'] = async (query, variables, caller) =>
    payloadOf(await run(query, variables, caller));
  const logIn: AccountUnderTest['logIn'] = (email, password, caller) =>
    mutate(
      `mutation ($email: EmailAddress!, $password: String!) { login(email: $email, password: $password) ${authPayload} }`,
      { email, password },
      caller,
    );
  return {
    subgraph,
    run,
    mutate,
    logIn,
    register: async (email = `${randomUUID()}@souk.test`) =>
      personOf(email, await mutate(registerMutation, { input: registration(email) })),
    admin: async () =>
      personOf(administrator.adminEmail, await logIn(administrator.adminEmail, administrator.adminPassword)),
    refresh: (refreshToken) => refreshAt(subgraph.app, refreshToken),
    ageTokenUses: async (milliseconds) => {
      await subgraph.dependencies.source.query(
        "UPDATE refresh_token SET used_at = used_at - $1 * interval '1 millisecond'",
        [milliseconds],
      );
    },
    another: async (others) => {
      const source = await openDataSource({
        url: subgraph.databaseUrl,
        applicationName: 'test-account-other',
        poolSize: 5,
        entities,
        migrations,
      });
      const app = await open({ ...subgraph.dependencies, source }, others);
      return {
        refresh: (refreshToken) => refreshAt(app, refreshToken),
        mutate: async (query, variables, caller) => payloadOf(await runAt(app, query, variables, caller)),
        stop: () => app.close(),
      };
    },
    exchange: (token) => exchangeToken(token),
    query: (sql, parameters) => subgraph.dependencies.source.query(sql, parameters),
    warmPool: async () => {
      const { source } = subgraph.dependencies;
      await Promise.all(Array.from({ length: 10 }, () => source.query('SELECT pg_sleep(0.1)')));
    },
    now: () => new Date(Date.now() + ahead),
    advanceClock: (milliseconds) => {
      ahead += milliseconds;
    },
    close: () => subgraph.close(),
  };
}

/** The mutation that registers, with every field of its payload. */
export const registerMutation = `mutation ($input: RegisterInput!) { register(input: $input) ${authPayload} }`;

/** A valid input of `register`. */
export function registration(email: string): Record<string, unknown> {
  return { email, password: goodPassword, firstName: 'Ada', lastName: 'Lovelace' };
}

/** The codes of user errors, each with its path: `INVALID input.email`. */
export function userErrorsOf({ userErrors }: Payload): string[] {
  return userErrors.map(({ code, field }) => [code, field?.join('.')].filter(Boolean).join(' '));
}

/** The codes of an operation's errors, each with its path: `FORBIDDEN user.email`. */
export function errorsOf({ errors }: FormattedExecutionResult): string[] {
  return (errors ?? []).map(({ extensions, path }) =>
    [extensions?.['code'], path?.join('.')].filter(Boolean).join(' '),
  );
}

/**
 * Advances account's clock by five seconds, the bound for the end of access tokens. Returns whether account rejects the
 * token. Independent of the machine's speed.
 */
export async function isRejectedWithinBound(account: AccountUnderTest, caller: Caller): Promise<boolean> {
  account.advanceClock(5_000);
  return errorsOf(await account.run('{ me { id } }', {}, caller))[0] === 'UNAUTHENTICATED';
}

async function runAt(
  app: Pick<AccountApp, 'execute'>,
  query: string,
  variables?: Record<string, unknown>,
  caller: Caller = {},
): Promise<FormattedExecutionResult> {
  return app.execute({
    query,
    variables,
    headers: {
      ...(caller.accessToken && { authorization: `Bearer ${caller.accessToken}` }),
      ...(caller.address && { 'x-forwarded-for': caller.address }),
      ...(caller.userAgent && { 'user-agent': caller.userAgent }),
      ...(caller.language && { 'accept-language': caller.language }),
      ...(caller.refreshCookie !== undefined && { [refreshCookieHeader]: caller.refreshCookie }),
    },
  });
}

async function refreshAt(app: Pick<AccountApp, 'execute'>, refreshToken: string): Promise<Payload> {
  const query = `mutation ($refreshToken: String!) { refreshSession(refreshToken: $refreshToken) ${authPayload} }`;
  return payloadOf(await app.execute({ query, variables: { refreshToken }, headers: {} }));
}

function payloadOf({ data, errors }: FormattedExecutionResult): Payload {
  if (errors) throw new Error(JSON.stringify(errors));
  return Object.values(data ?? {})[0] as Payload;
}

function personOf(email: string, payload: Payload): Person {
  if (payload.userErrors.length > 0) throw new Error(JSON.stringify(payload.userErrors));
  const { id } = payload['user'] as { id: string };
  return {
    id,
    userId: fromApiId('user', id) ?? '',
    email,
    accessToken: payload['accessToken'] as string,
    refreshToken: payload['refreshToken'] as string,
  };
}
