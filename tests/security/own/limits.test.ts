import { endpointsPerMinute } from '@souk/gateway/http/endpoint-limits';
import { WebSocket } from 'ws';
import { TestClient } from '@souk/testing/test-client';
import type { TestSouk } from '@souk/testing';
import type { Topology } from '@souk/testing/supervisor-messages';
import { startSouk } from '@souk/testing';

// A Souk with the limits of production, attacked from several addresses: the proxy in front is this test.

const perMinute = 300;
const loginsPerMinute = 1_000;

interface Sent {
  status: number;
  headers: Headers;
  body: { data?: unknown; errors?: { message: string; extensions: { code: string; retryAfter?: number } }[] };
}

describe.each<Topology>(['standalone', 'distributed'])('%s', (topology) => {
  let souk: TestSouk;

  beforeAll(async () => {
    souk = await startSouk({
      topology,
      environment: {
        TRUSTED_PROXIES: '1',
        RATE_LIMIT_PER_MINUTE: String(perMinute),
        LOGINS_PER_MINUTE: String(loginsPerMinute),
        MAX_STREAMS_PER_CLIENT: '5',
        MAX_STREAMS_PER_ADDRESS: '5',
        PAYMENT_DECLINES_PER_BUYER: '3',
      },
    });
  });
  afterAll(async () => {
    await souk.stop();
  });

  const send = async (
    query: string,
    address: string,
    variables: Record<string, unknown> = {},
    token: string | null = null,
  ): Promise<Sent> => {
    const response = await fetch(`${souk.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': address,
        ...(token !== null && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(30_000),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Sent['body'],
    };
  };
  const codeOf = ({ body }: Sent): string | undefined => body.errors?.[0]?.extensions.code;

  /** Distinct each time, and as expensive as a page of a shop that selects much. */
  const heavy = (nonce: number): string => `query Heavy${nonce} {
    a${nonce}: listings(first: 100) { nodes { id title offers { id title price { formatted } availability { available } } } }
    b${nonce}: listings(first: 100, sort: NEWEST) { nodes { id images { url } partner { id name } } }
  }`;

  it('limits a caller that floods with heavy documents, with retryAfter, and serves others', async () => {
    await send('{ categories { id } }', '10.1.0.2');
    const flood = Promise.all(Array.from({ length: 60 }, (_none, index) => send(heavy(index), '10.1.0.1')));
    const light: Sent[] = [];
    for (let count = 0; count < 20; count += 1) light.push(await send('{ categories { id } }', '10.1.0.2'));
    const answers = await flood;
    const refused = answers.filter((answer) => codeOf(answer) !== undefined);
    // Some eight of them are a minute's points; where too many wait to be planned, the rest is refused for that.
    expect(answers.length - refused.length).toBeLessThan(20);
    expect(refused.map(codeOf)).toContain('RATE_LIMITED');
    for (const answer of refused) {
      expect([codeOf(answer), answer.status]).toEqual(
        codeOf(answer) === 'RATE_LIMITED' ? ['RATE_LIMITED', 429] : ['SERVICE_UNAVAILABLE', 503],
      );
      expect(answer.body.errors?.[0]?.extensions.retryAfter).toBeGreaterThan(0);
    }
    expect(light.map(codeOf)).toEqual(light.map(() => undefined));
  });

  it('counts the addresses of one IPv6 network together, also for logins', async () => {
    const login = `mutation ($password: String!) {
      login(email: "buyer@souk.test", password: $password) { accessToken userErrors { code } }
    }`;
    const loginFrom = async (address: string): Promise<string | undefined> => {
      const { body } = await send(login, address, { password: 'wrong password' });
      return (body.data as { login: { userErrors: { code: string }[] } }).login.userErrors[0]?.code;
    };
    for (let tries = 0; tries < 10; tries += 1) {
      expect(await loginFrom(`2001:db8:1:2::${tries + 1}`)).toBe('BAD_CREDENTIALS');
    }
    expect(await loginFrom('2001:db8:1:2:ffff::1')).toBe('TOO_MANY_ATTEMPTS');
    // The next network has its own tries: the account is not locked.
    expect(await loginFrom('2001:db8:1:3::1')).toBe('BAD_CREDENTIALS');
  });

  it('allows five sockets per client', async () => {
    const open = (address: string): Promise<WebSocket | number> =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`${souk.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
          headers: { 'x-forwarded-for': address },
        });
        socket.on('message', () => resolve(socket));
        socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
        socket.on('close', (code) => resolve(code));
        socket.on('error', reject);
      });
    const sockets = [];
    for (let count = 0; count < 6; count += 1) sockets.push(await open('10.2.0.1'));
    expect(sockets.slice(0, 5).every((socket) => socket instanceof WebSocket)).toBe(true);
    expect(sockets[5]).not.toBeInstanceOf(WebSocket);
    const other = await open('10.2.0.2');
    expect(other).toBeInstanceOf(WebSocket);
    for (const socket of [...sockets, other]) if (socket instanceof WebSocket) socket.terminate();
  });

  it('bounds each of the other endpoints by address', async () => {
    const statuses = async (path: string, address: string, count: number): Promise<number[]> => {
      const answers = await Promise.all(
        Array.from({ length: count }, () =>
          fetch(`${souk.url}${path}`, { headers: { 'x-forwarded-for': address } }),
        ),
      );
      await Promise.all(answers.map((answer) => answer.arrayBuffer()));
      return answers.map(({ status }) => status);
    };
    for (const [path, limit] of [
      ['/metrics', endpointsPerMinute.metrics],
      ['/.well-known/jwks.json', endpointsPerMinute.keys],
      ['/health/ready', endpointsPerMinute.health],
    ] as const) {
      const flooded = await statuses(path, '10.3.0.1', limit + 20);
      expect({ path, refused: flooded.includes(429) }).toEqual({ path, refused: true });
      expect(await statuses(path, '10.3.0.2', 1)).toEqual([200]);
    }
  });

  it('does not reveal by a weak password whether an e-mail address is taken', async () => {
    const register = `mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code field } } }`;
    const refusals = async (email: string): Promise<unknown> => {
      const input = { email, password: 'aaaaaaaaaaa', firstName: 'A', lastName: 'B' };
      return (await send(register, '10.4.0.1', { input })).body.data;
    };
    const taken = await refusals('buyer@souk.test');
    expect(taken).toEqual({
      register: { userErrors: [{ code: 'WEAK_PASSWORD', field: ['input', 'password'] }] },
    });
    expect(await refusals('unregistered@souk.test')).toEqual(taken);
  });

  it('is alive afterwards', async () => {
    expect((await fetch(`${souk.url}/health/live`)).status).toBe(200);
    await new TestClient(souk.url).login('friend@souk.test');
  });
});
