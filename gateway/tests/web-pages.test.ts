import { createHash } from 'node:crypto';
import { account } from './account-subgraphs.js';
import type { SmallGateway } from './small-graph.js';
import { startSmallGateway } from './small-graph.js';

const demo = { password: 'souk-demo', accounts: [{ email: 'a&b@souk.test', role: 'buyer, <Ada>' }] };
const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

describe('pages for browsers', () => {
  let graph: SmallGateway;
  let closed: SmallGateway;
  beforeAll(async () => {
    const forwards = [{ path: '/_simulator', url: 'http://127.0.0.1:9/_simulator', isSubgraph: false }];
    graph = await startSmallGateway({ account }, { introspection: true, production: false, demo, forwards });
    closed = await startSmallGateway({ account });
  });
  afterAll(() => Promise.all([graph.gateway.close(), closed.gateway.close()]));

  const get = (path: string, init: RequestInit = {}, at = graph): Promise<Response> =>
    fetch(`${at.url}${path}`, { redirect: 'manual', headers: browser, ...init });

  test('the first page names what is open, and the demo accounts, and loads nothing from elsewhere', async () => {
    const response = await get('/');
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    const html = await response.text();
    for (const path of ['/graphql', '/graphiql', '/_simulator', '/health/ready', '/metrics'])
      expect(html).toContain(`href="${path}"`);
    expect(html).not.toContain('/admin/queues');
    expect(html).not.toContain('/dev/mailbox');
    expect(html).toContain('a&amp;b@souk.test');
    expect(html).toContain('buyer, &lt;Ada&gt;');
    expect(html).toContain('souk-demo');
    expect(html).toContain(`curl ${graph.url}/graphql`);
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(html).not.toContain('<script');
    const style = /<style>(.*)<\/style>/s.exec(html)?.[1] ?? '';
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  });

  test('in production it names no IDE and no demo account', async () => {
    const html = await (await get('/', {}, closed)).text();
    expect(html).toContain('/graphql');
    expect(html).not.toContain('/graphiql');
    expect(html).not.toContain('href="/graphql"');
    expect(html).not.toContain('Demo accounts');
  });

  test('Apollo Sandbox at /graphql', async () => {
    const sandbox = await get('/graphql');
    expect(sandbox.headers.get('content-type')).toMatch('text/html');
    expect(await sandbox.text()).toContain('buyer@souk.test');
    expect((await graph.execute('{ __schema { queryType { name } } }')).data).toEqual({
      __schema: { queryType: { name: 'Query' } },
    });
  });

  test('GraphiQL is a small page with hashed files that browsers keep for a year', async () => {
    const ide = await get('/graphiql');
    expect([ide.status, ide.headers.get('cache-control')]).toEqual([200, 'no-cache']);
    const policy = ide.headers.get('content-security-policy');
    expect(policy).toContain("worker-src 'self' blob:");
    expect(policy).toContain("script-src 'self' blob:;");
    const html = await ide.text();
    expect(html.length).toBeLessThan(2_000);
    const files = [...html.matchAll(/(?:src|href)="(\/graphiql\/[^"]+)"/g)].map(([, file = '']) => file);
    expect(files).toHaveLength(2);
    for (const file of files) {
      const texts = new Map<string | null, string>();
      for (const coding of ['br', 'gzip', 'identity']) {
        const response = await get(file, { headers: { 'accept-encoding': coding } });
        expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
        expect(response.headers.get('vary')).toMatch(/accept-encoding/i);
        texts.set(response.headers.get('content-encoding'), await response.text());
      }
      expect([...texts.keys()]).toEqual(['br', 'gzip', null]);
      const [text = ''] = texts.values();
      expect(new Set(texts.values()).size).toBe(1);
      expect(file).toContain(createHash('sha256').update(text).digest('hex').slice(0, 16));
      if (file.endsWith('.js')) expect(text).toContain('renderYogaGraphiQL(\n');
    }
    expect((await get('/graphiql/0123456789abcdef.js')).status).toBe(404);
  });

  test.each(['/favicon.svg', '/favicon.ico'])('an icon at %s', async (path) => {
    const icon = await get(path, {}, closed);
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/svg+xml; charset=utf-8']);
    expect(icon.headers.get('cache-control')).toContain('max-age');
    expect(await icon.text()).toMatch(/^<svg/);
  });

  test.each(['application/json', '*/*', undefined])(
    'an unknown path is NOT_FOUND as JSON for %s',
    async (accept) => {
      const response = await get('/no<where?x=1', { headers: accept === undefined ? {} : { accept } });
      expect(response.status).toBe(404);
      const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND']);
    },
  );

  test('an unknown path is a page for browsers, which repeats nothing as HTML', async () => {
    const response = await get('/%3Cscript%3E"><script>alert(1)</script>');
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      'text/html; charset=utf-8',
    ]);
    expect(response.headers.get('vary')).toMatch(/accept/i);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await response.text();
    expect(html).toContain('Not found');
    expect(html).not.toContain('<script');
  });

  test.each([
    ['POST', '/', 404],
    ['HEAD', '/', 200],
    ['HEAD', '/graphiql', 200],
    ['HEAD', '/favicon.ico', 200],
    ['HEAD', '/nowhere', 404],
    ['HEAD', '/health/live', 200],
    ['HEAD', '/metrics', 200],
    ['OPTIONS', '/', 200],
    ['OPTIONS', '/health/ready', 200],
    ['OPTIONS', '/graphql', 204],
    ['PUT', '/graphiql', 404],
  ])('%s %s: %i', async (method, path, status) => {
    const response = await get(path, { method });
    expect(response.status).toBe(status);
    if (method === 'HEAD') expect(await response.text()).toBe('');
  });
});
