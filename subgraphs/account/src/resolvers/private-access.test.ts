import type { Identity } from '@souk/shared/auth/identity';
import type { Scope } from '@souk/shared/auth/scopes';
import { graphError } from '@souk/shared/graph/errors';
import { isCaller, isCurrentSession, requireOwner } from './private-access.js';

const identity = (userId: string, ...scopes: Scope[]): Identity => ({
  userId,
  sessionId: `session of ${userId}`,
  roles: ['USER'],
  scopes: new Set(scopes),
  mfaAt: null,
  expiresAt: new Date(),
});
const nobody = { identity: null, signedIn: new Map<string, string>(), cacheDependencies: null };
const ada = { ...nobody, identity: identity('ada') };
const signsInAda = { ...nobody, signedIn: new Map([['ada', 'new']]) };
const admin = { ...nobody, identity: identity('admin', 'users:manage') };

test.each([
  ['the caller', ada, 'ada', true],
  ['another caller', ada, 'ben', false],
  ['an anonymous caller', nobody, 'ada', false],
  ['one whom the operation has signed in', signsInAda, 'ada', true],
  ['another one beside whom the operation has signed in', signsInAda, 'ben', false],
  ['an administrator', admin, 'ada', false],
])('%s', (_who, context, userId, isOneself) => {
  expect(isCaller(context, userId)).toBe(isOneself);
  const read = (): void => requireOwner(context, userId, 'Private.');
  if (isOneself || context === admin) expect(read).not.toThrow();
  else expect(read).toThrow(graphError('FORBIDDEN', 'Private.'));
});

test('the session that an operation has begun is the current one, and no other of the same user', () => {
  expect(isCurrentSession(signsInAda, { id: 'new', userId: 'ada' })).toBe(true);
  expect(isCurrentSession(signsInAda, { id: 'old', userId: 'ada' })).toBe(false);
  expect(isCurrentSession(signsInAda, { id: 'new', userId: 'ben' })).toBe(false);
  expect(isCurrentSession(ada, { id: 'session of ada', userId: 'ada' })).toBe(true);
});
