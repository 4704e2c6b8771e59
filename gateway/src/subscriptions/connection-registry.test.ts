import type { Identity } from '@souk/shared/auth/identity';
import type { GraphQLError } from 'graphql';
import { until } from '../../../tests/support/until.js';
import type { StreamClient } from './connection-registry.js';
import { ConnectionRegistry } from './connection-registry.js';

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
  const client = (sessionId: string): StreamClient => ({
    identity: identity(sessionId),
    address: '192.0.2.1',
  });
  const anonymous: StreamClient = { identity: null, address: '192.0.2.1' };
  const openStreams = (max = 10, maxPerClient = 10, maxPerAddress = 10): ConnectionRegistry =>
    new ConnectionRegistry(
      { max, maxPerClient, maxPerAddress },
      {
        isEnded: ({ sessionId }) => Promise.resolve(ended.has(sessionId)),
        onEnded: () => () => undefined,
      },
    );

  beforeEach(() => {
    ends = [];
    ended.clear();
  });

  it('are ended at once where the session has gone while they were opened', async () => {
    const streams = openStreams();
    ended.add('gone');
    streams.add('sse', client('gone'), end);
    streams.add('sse', client('here'), end);
    await until('one to end', () => Promise.resolve(ends.length > 0), 5_000);
    expect(ends).toEqual([expect.stringMatching(/^UNAUTHENTICATED /)]);
    expect(streams.size).toBe(1);
    streams.close();
  });

  it('are ended at once where the gateway has been closed, or others have come meanwhile', () => {
    const streams = openStreams(1);
    streams.add('sse', anonymous, end);
    streams.add('websocket', anonymous, end);
    expect(ends).toEqual(['SERVICE_UNAVAILABLE Too many streams are open.']);
    expect(streams.size).toBe(1);
    streams.close();
    streams.add('sse', client('late'), end);
    expect(ends.slice(1)).toEqual(Array<string>(2).fill('SERVICE_UNAVAILABLE The gateway is closing.'));
    expect(streams.size).toBe(0);
  });

  it('of one client leave room for others, and free their slots', () => {
    const streams = openStreams(10, 2, 3);
    const first = streams.add('sse', client('one'), end);
    streams.add('websocket', client('two'), end);
    const network = ['2001:db8::1', '2001:db8:0:0:ffff::2', '2001:db8::3'].map((address) => ({
      identity: null,
      address,
    }));
    for (const each of network) streams.add('sse', each, end);
    const fulls = [client('three'), anonymous, ...network].map((each) => streams.isFullFor(each));
    expect(fulls).toEqual([true, false, true, true, true]);
    streams.add('sse', client('three'), end);
    expect(ends).toEqual(['SERVICE_UNAVAILABLE Too many streams are open.']);
    first.remove();
    expect(streams.isFullFor(client('three'))).toBe(false);
    expect(streams.size).toBe(4);
    streams.close();
  });
});
