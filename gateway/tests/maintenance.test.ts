import type { Json } from '@souk/shared/errors';
import { settingsFrom } from '@souk/shared/system-setting';
import { loginFields } from '../src/limits/rate-limit.js';
import type { HttpAnswer, SmallGateway } from './small-graph.js';
import { startSmallGateway } from './small-graph.js';

const mutations = [
  'login',
  'verifyMfa',
  'refreshSession',
  'setSystemSetting',
  'resetSystemSetting',
  'addToCart',
];
let runs: string[];
let stored: Map<string, Json>;
let started: Promise<void>;
let graph: SmallGateway;

beforeEach(async () => {
  runs = [];
  stored = new Map();
  started = Promise.resolve();
  const shop = {
    sdl: `type Query { hello: String } type Mutation { ${mutations.map((name) => `${name}: String`).join(' ')} }`,
    resolvers: {
      Query: { hello: () => 'hello' },
      Mutation: Object.fromEntries(mutations.map((name) => [name, () => (runs.push(name), 'done')])),
    },
  };
  graph = await startSmallGateway(
    { shop },
    {
      settings: { ...settingsFrom(stored), started: () => started },
      rateLimits: {
        store: { kind: 'memory' },
        perMinute: null,
        sensitivePerMinute: 1_000,
        sensitiveFields: loginFields,
      },
    },
  );
});
afterEach(() => graph.gateway.close());

const codes = ({ errors }: HttpAnswer): unknown[] => errors.map(({ extensions }) => extensions?.['code']);

describe('maintenance', () => {
  test('refuses mutations, and neither queries nor those that an administrator needs to end it', async () => {
    stored.set('platform.maintenance', true);
    expect(codes(await graph.execute('mutation { addToCart }'))).toEqual(['SERVICE_UNAVAILABLE']);
    expect(codes(await graph.execute('{ hello }'))).toEqual([]);
    for (const name of mutations.slice(0, 4))
      expect(codes(await graph.execute(`mutation { ${name} }`))).toEqual([]);
    expect(runs).toEqual(mutations.slice(0, 4));
  });

  test.each([
    'mutation { login addToCart }',
    'mutation { login: addToCart }',
    'mutation { ...f } fragment f on Mutation { __typename ... on Mutation { addToCart } }',
  ])('refuses %s whole', async (query) => {
    stored.set('platform.maintenance', true);
    expect(codes(await graph.execute(query))).toEqual(['SERVICE_UNAVAILABLE']);
    expect(runs).toEqual([]);
  });

  test('ends with the setting', async () => {
    stored.set('platform.maintenance', true);
    await graph.execute('mutation { addToCart }');
    stored.set('platform.maintenance', false);
    expect(codes(await graph.execute('mutation { addToCart }'))).toEqual([]);
  });

  test('is known before the first mutation after a start', async () => {
    let start: () => void = () => undefined;
    started = new Promise((resolve) => (start = resolve));
    const answer = graph.execute('mutation { addToCart }');
    await graph.execute('{ hello }');
    stored.set('platform.maintenance', true);
    start();
    expect(codes(await answer)).toEqual(['SERVICE_UNAVAILABLE']);
  });
});

describe('the rate limit', () => {
  const policy = async (): Promise<string | null> =>
    (await graph.execute('{ hello }')).headers.get('ratelimit-policy');

  test('follows its setting: from unlimited to limited, and to more points', async () => {
    expect(await policy()).toBeNull();
    stored.set('gateway.rateLimitPerMinute', 8);
    expect(await policy()).toContain('q=8;');
    await graph.execute('{ hello }');
    await graph.execute('{ hello }');
    const refusals = [
      await graph.execute('{ hello }'),
      await graph.execute('{ hello }'),
      await graph.execute('{ hello }'),
    ];
    for (let tries = 0; tries < 8; tries += 1) refusals.push(await graph.execute('{ hello }'));
    expect(refusals.at(-1)?.status).toBe(429);
    // Callers who were refused a moment ago have the new points at once.
    stored.set('gateway.rateLimitPerMinute', 1_000);
    const answer = await graph.execute('{ hello }');
    expect([answer.status, answer.headers.get('ratelimit-policy')]).toEqual([200, '"requests";q=1000;w=60']);
    stored.clear();
    expect(await policy()).toBeNull();
  });
});
