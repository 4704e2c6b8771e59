import { generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { newId, toApiId } from '../ids.js';
import { createLog } from '../log.js';
import { stateTimeoutMs } from '../replication/remote-state.js';
import type { StatePage } from '../state.js';
import { InvalidToken, sessionEnded, tokenAudience, tokenIssuer, tokenVerifier } from './access-token.js';
import type { EndedSession, Revocations } from './ended-sessions.js';
import { endedSessionsWindowMs, revocationsOf } from './ended-sessions.js';
import { localKeys } from './keys.js';

const log = createLog('test', 'silent');
const nothing: StatePage<EndedSession> = { items: [], next: 'later', more: false };
const session = (id: string): EndedSession => ({ kind: 'session', id, isEnded: true });
const user = (id: string, isEnded = true): EndedSession => ({ kind: 'user', id, isEnded });
const caller = { sessionId: newId(), userId: newId() };

/** Account, as the test wants it to answer. */
let answer: (since: string | null) => Partial<StatePage<EndedSession>>;
let cursors: (string | null)[];
let revocations: Revocations;

beforeEach(() => {
  jest.useFakeTimers();
  answer = () => ({});
  cursors = [];
  revocations = revocationsOf(
    'test',
    async (since) => {
      cursors.push(since);
      return { ...nothing, ...answer(since) };
    },
    log,
  );
});

afterEach(async () => {
  jest.restoreAllMocks();
  await revocations.close();
  jest.useRealTimers();
});

const pass = (milliseconds: number): Promise<void> => jest.advanceTimersByTimeAsync(milliseconds);

it('requests nothing before the first token, then polls every two seconds with the cursor', async () => {
  await pass(10_000);
  expect(cursors).toEqual([]);
  answer = (since) => ({ next: since === null ? 'first' : `${since}+` });
  // The first turn comes somewhere within the interval: in its middle.
  jest.spyOn(Math, 'random').mockReturnValue(0.5);
  expect(await revocations.isEnded(caller)).toBe(false);
  await pass(2_999);
  expect(cursors).toEqual([null, 'first']);
  await pass(2_000);
  expect(cursors).toEqual([null, 'first', 'first+']);
});

it('knows sessions that ended before the first check', async () => {
  answer = () => ({ items: [session(caller.sessionId)] });
  expect(await revocations.isEnded(caller)).toBe(true);
  expect(await revocations.isEnded({ ...caller, sessionId: newId() })).toBe(false);
});

it('shares one request between the first callers', async () => {
  await Promise.all(Array.from({ length: 10 }, () => revocations.isEnded(caller)));
  expect(cursors).toEqual([null]);
});

it('knows within five seconds a change that the previous answer just missed, even if answers are slow', async () => {
  let ended: EndedSession[] = [];
  let answers = 0;
  const slow = revocationsOf(
    'test',
    async () => {
      const known = { ...nothing, items: ended };
      answers += 1;
      await new Promise((resolve) => setTimeout(resolve, stateTimeoutMs));
      return known;
    },
    log,
  );
  const first = slow.isEnded(caller);
  await pass(stateTimeoutMs);
  expect(await first).toBe(false);
  while (answers < 2) await pass(1);
  ended = [session(caller.sessionId)];
  await pass(5_000);
  expect(await slow.isEnded(caller)).toBe(true);
  await slow.close();
});

it('reads all pages', async () => {
  answer = (since) =>
    since === null
      ? { next: 'second', more: true }
      : since === 'second'
        ? { items: [user(caller.userId)] }
        : {};
  expect(await revocations.isEnded(caller)).toBe(true);
  expect(cursors).toEqual([null, 'second']);
});

it('accepts a reinstated user again, but not their ended session', async () => {
  answer = () => ({ items: [user(caller.userId), session(caller.sessionId)] });
  const elsewhere = { ...caller, sessionId: newId() };
  expect(await revocations.isEnded(elsewhere)).toBe(true);
  answer = () => ({ items: [user(caller.userId, false)] });
  await pass(2_000);
  expect(await revocations.isEnded(elsewhere)).toBe(false);
  expect(await revocations.isEnded(caller)).toBe(true);
});

it('uses the last known state while account is away, and then resumes', async () => {
  answer = () => ({ items: [session(caller.sessionId)], next: 'here' });
  await revocations.isEnded(caller);
  answer = () => {
    throw new Error('away');
  };
  await pass(60_000);
  expect(await revocations.isEnded(caller)).toBe(true);
  expect(await revocations.isEnded({ ...caller, sessionId: newId() })).toBe(false);
  const other = newId();
  answer = () => ({ items: [session(other)] });
  await pass(2_000);
  expect(cursors.at(-1)).toBe('here');
  expect(await revocations.isEnded({ ...caller, sessionId: other })).toBe(true);
});

it('fails until the first answer of account', async () => {
  answer = () => {
    throw new Error('away');
  };
  await expect(revocations.isEnded(caller)).rejects.toThrow('away');
  await expect(revocations.isEnded(caller)).rejects.toThrow('away');
  answer = () => ({});
  expect(await revocations.isEnded(caller)).toBe(false);
});

it('removes a session once its tokens have expired, and not before', async () => {
  answer = () => ({ items: [session(caller.sessionId)] });
  await revocations.isEnded(caller);
  answer = () => ({});
  await pass(endedSessionsWindowMs - 2_000);
  expect(await revocations.isEnded(caller)).toBe(true);
  await pass(4_000);
  expect(await revocations.isEnded(caller)).toBe(false);
});

it('stops polling once it is closed', async () => {
  await revocations.isEnded(caller);
  await revocations.close();
  await pass(10_000);
  expect(cursors).toHaveLength(1);
});

it('makes a verifier refuse a token that it had verified before', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const token = jwt.sign({ sid: toApiId('session', caller.sessionId), roles: [], scope: '' }, privateKey, {
    algorithm: 'ES256',
    keyid: 'test',
    subject: toApiId('user', caller.userId),
    issuer: tokenIssuer,
    audience: tokenAudience,
    jwtid: newId(),
    expiresIn: '15m',
  });
  const keys = localKeys({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'test' }] });
  const verify = tokenVerifier(keys, revocations);
  await expect(verify(token)).resolves.toMatchObject(caller);
  answer = () => ({ items: [session(caller.sessionId)] });
  await pass(2_000);
  await expect(verify(token)).rejects.toThrow(new InvalidToken(sessionEnded));
  await expect(tokenVerifier(keys)(token)).resolves.toMatchObject(caller);
});
