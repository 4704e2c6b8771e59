import type { Identity } from '@souk/shared/auth/identity';
import type { GraphQLError } from 'graphql';
import { until } from '../../../tests/support/until.js';
import { OpenStreams } from './open-streams.js';

const identity = (sessionId: string): Identity => ({
  userId: 'user',
  sessionId,
  roles: [],
  scopes: new Set(),
  policies: new Set(),
  mfaAt: null,
  expiresAt: new Date(Date.now() + 60_000),
});

describe('streams that are open', () => {
  const ended = new Set<string>();
  let ends: string[] = [];
  const end = (why: GraphQLError): void => void ends.push(`${String(why.extensions['code'])} ${why.message}`);
  const openStreams = (max = 10): OpenStreams =>
    new OpenStreams(max, {
      isEnded: ({ sessionId }) => Promise.resolve(ended.has(sessionId)),
      onEnded: () => () => undefined,
    });

  beforeEach(() => {
    ends = [];
    ended.clear();
  });

  it('are ended at once where the session has gone while they were opened', async () => {
    const streams = openStreams();
    ended.add('gone');
    streams.add('sse', identity('gone'), end);
    streams.add('sse', identity('here'), end);
    await until('one to end', () => Promise.resolve(ends.length > 0), 5_000);
    expect(ends).toEqual([expect.stringMatching(/^UNAUTHENTICATED /)]);
    expect(streams.size).toBe(1);
    streams.close();
  });

  it('are ended at once where the gateway has been closed, or others have come meanwhile', () => {
    const streams = openStreams(1);
    streams.add('sse', null, end);
    streams.add('websocket', null, end);
    expect(ends).toEqual(['SERVICE_UNAVAILABLE Too many streams are open.']);
    expect(streams.size).toBe(1);
    streams.close();
    streams.add('sse', identity('late'), end);
    expect(ends.slice(1)).toEqual(Array<string>(2).fill('SERVICE_UNAVAILABLE The gateway is closing.'));
    expect(streams.size).toBe(0);
  });
});
