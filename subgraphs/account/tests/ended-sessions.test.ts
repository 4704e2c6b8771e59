import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { VerifyToken } from '@souk/shared/auth/access-token';
import { InvalidToken, tokenVerifier } from '@souk/shared/auth/access-token';
import type { EndedSession, Revocations } from '@souk/shared/auth/ended-sessions';
import { endedSessionsWindowMs, remoteRevocations } from '@souk/shared/auth/ended-sessions';
import { remoteKeys } from '@souk/shared/auth/keys';
import { newId } from '@souk/shared/ids';
import type { StatePage } from '@souk/shared/state';
import { createLog } from '@souk/shared/log';
import { listEndedSessions } from '@souk/account/domain/session/ended-sessions';
import { until } from '../../../tests/support/until.js';
import type { AccountUnderTest, Person } from './support/account.js';
import { startAccount } from './support/account.js';

let account: AccountUnderTest;

beforeEach(async () => {
  account = await startAccount();
});

afterEach(() => account.close());

const minute = 60_000;

function list(since: string | null = null): Promise<StatePage<EndedSession>> {
  return listEndedSessions(account.subgraph.dependencies.source.manager, since, new Date());
}

const ended = (kind: EndedSession['kind'], ids: readonly string[]): EndedSession[] =>
  ids.map((id) => ({ kind, id, isEnded: true }));

async function logOut({ refreshToken }: Pick<Person, 'refreshToken'>): Promise<void> {
  await account.mutate(
    'mutation ($token: String!) { logout(refreshToken: $token) { ok userErrors { code } } }',
    { token: refreshToken },
  );
}

async function setStatus({ userId }: Person, status: string): Promise<void> {
  await account.query('UPDATE user_account SET status = $2 WHERE id = $1', [userId, status]);
}

/** Inserts sessions that ended the given time ago. Returns their ids in order. */
async function endSessions({ userId }: Person, count: number, milliseconds: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId()).sort();
  await account.query(
    `INSERT INTO session (id, user_id, created_at, last_used_at, expires_at, ended_at, end_reason)
     SELECT id, $2, $3::timestamptz, $3, $3 + interval '30 days', $3, 'LOGGED_OUT' FROM unnest($1::uuid[]) AS id`,
    [ids, userId, new Date(Date.now() - milliseconds)],
  );
  return ids;
}

describe('listEndedSessions', () => {
  test('lists ended sessions regardless of the reason, and no others', async () => {
    const [person, reused] = [await account.register(), await account.register()];
    expect(await list()).toMatchObject({ items: [], more: false });
    await logOut(person);
    await account.refresh(reused.refreshToken);
    await account.ageTokenUses(10_001);
    await account.refresh(reused.refreshToken);
    const rows = await account.query<{ id: string }>(
      'SELECT id FROM session WHERE user_id = ANY($1) ORDER BY ended_at, id',
      [[person.userId, reused.userId]],
    );
    expect((await list()).items).toEqual(
      ended(
        'session',
        rows.map(({ id }) => id),
      ),
    );
  });

  test('lists users by their current status', async () => {
    const [suspended, deleted, reinstated] = [
      await account.register(),
      await account.register(),
      await account.register(),
    ];
    await setStatus(suspended, 'SUSPENDED');
    await setStatus(reinstated, 'SUSPENDED');
    await setStatus(deleted, 'DELETED');
    await setStatus(reinstated, 'ACTIVE');
    expect((await list()).items).toEqual([
      ...ended('user', [suspended.userId, deleted.userId]),
      { kind: 'user', id: reinstated.userId, isEnded: false },
    ]);
  });

  test('goes back as far as an access token can be valid, for any cursor', async () => {
    const person = await account.register();
    await endSessions(person, 3, endedSessionsWindowMs + minute);
    const young = await endSessions(person, 2, endedSessionsWindowMs - minute);
    const longAgo = `2000-01-01T00:00:00.000Z_${newId()}`;
    for (const since of [null, longAgo, '', 'nonsense', "'_", `${new Date().toISOString()}_x`]) {
      expect((await list(since)).items).toEqual(ended('session', young));
    }
  });

  test('includes a change that was committed late', async () => {
    const person = await account.register();
    const { next } = await list();
    const late = await endSessions(person, 1, minute / 2);
    expect((await list(next)).items).toEqual(ended('session', late));
  });

  test('pages without gaps, also when many sessions ended at one time', async () => {
    const person = await account.register();
    const ids = [
      ...(await endSessions(person, 10_005, 3 * minute)),
      ...(await endSessions(person, 10_005, 2 * minute)),
    ];
    const first = await list();
    const second = await list(first.next);
    const third = await list(second.next);
    expect([first.more, second.more, third.more]).toEqual([true, true, false]);
    expect([...first.items, ...second.items, ...third.items]).toEqual(ended('session', ids));
  });
});

describe('another process', () => {
  let server: Server;
  let origin: string;
  let revocations: Revocations;
  let verify: VerifyToken;

  beforeEach(async () => {
    const { router, internalRouter } = account.subgraph.app;
    server = createServer(express().use(router ?? [], internalRouter ?? []));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const url = `${origin}/.well-known/jwks.json`;
    revocations = remoteRevocations('test', url, 'a secret of the tests', createLog('test', 'silent'));
    verify = tokenVerifier(remoteKeys(url), revocations);
  });

  afterEach(async () => {
    await revocations.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  /** Waits until the verifier has an answer: on a slow machine its first request may time out. */
  async function isRejected({ accessToken }: Person): Promise<boolean> {
    const result = await until('a result of the verification', async () => {
      try {
        await verify(accessToken);
        return 'accepted';
      } catch (error) {
        return error instanceof InvalidToken ? 'rejected' : null;
      }
    });
    return result === 'rejected';
  }

  // The tests of `Revocations` cover the bound of five seconds with a clock of their own.
  test('rejects a token soon after the end of its session', async () => {
    const [person, other] = [await account.register(), await account.register()];
    expect(await isRejected(person)).toBe(false);
    await logOut(person);
    await until('the token to be rejected', () => isRejected(person));
    expect(await isRejected(other)).toBe(false);
  });

  test('rejects tokens of a suspended user, and accepts them after the reinstatement', async () => {
    const person = await account.register();
    expect(await isRejected(person)).toBe(false);
    await setStatus(person, 'SUSPENDED');
    await until('the token to be rejected', () => isRejected(person));
    await setStatus(person, 'ACTIVE');
    await until('the token to be accepted', async () => !(await isRejected(person)));
  });

  test('rejects a session that ended before the process started', async () => {
    const person = await account.register();
    await logOut(person);
    expect(await isRejected(person)).toBe(true);
  });

  test('of a release before 0.2 receives the list as it expects it', async () => {
    const [person, suspended, reinstated] = [
      await account.register(),
      await account.register(),
      await account.register(),
    ];
    const [session] = await endSessions(person, 1, minute);
    await setStatus(suspended, 'SUSPENDED');
    await setStatus(reinstated, 'SUSPENDED');
    await setStatus(reinstated, 'ACTIVE');
    const response = await fetch(`${origin}/internal/ended-sessions`);
    const next = expect.any(String) as string;
    expect(await response.json()).toEqual({
      sessions: [session],
      users: [suspended.userId],
      reinstated: [reinstated.userId],
      next,
      more: false,
    });
  });
});
