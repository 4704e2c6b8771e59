import { createHash } from 'node:crypto';
import { account } from './account-subgraphs.js';
import { until } from '../../tests/support/until.js';
import { short, startSmallGateway } from './small-graph.js';

test('unknown documents, if only trusted ones are allowed', async () => {
  const known = '{ hello(name: "known") }';
  const id = createHash('sha256').update(known).digest('hex');
  const byId = new Map([[id, known]]);
  const graph = await startSmallGateway({ account }, { trustedDocuments: { byId, only: true } });
  try {
    for (const body of [
      { documentId: `sha256:${id}` },
      { extensions: { persistedQuery: { version: 1, sha256Hash: id } } },
      { query: known },
    ]) {
      expect((await graph.post(JSON.stringify(body))).data).toEqual({ hello: 'hello known' });
    }
    const extensions = { persistedQuery: { version: 1, sha256Hash: id } };
    const named = await graph.post(JSON.stringify({ query: known, extensions }));
    expect(named.data).toEqual({ hello: 'hello known' });
    const foreign = await graph.execute('{ hello }');
    expect([foreign.status, ...short(foreign.errors)]).toEqual([403, 'FORBIDDEN -']);
    const unknown = await graph.post(JSON.stringify({ documentId: 'sha256:00' }));
    expect(short(unknown.errors)).toEqual(['PERSISTED_QUERY_NOT_FOUND -']);
    const byGet = await fetch(`${graph.url}/graphql?query={hello}`, {
      headers: { 'apollo-require-preflight': 'yes' },
    });
    expect(byGet.status).toBe(403);
    const get = async (params: Record<string, string>): Promise<[number, string]> => {
      const headers = { 'apollo-require-preflight': 'yes' };
      const response = await fetch(`${graph.url}/graphql?${new URLSearchParams(params).toString()}`, {
        headers,
      });
      return [response.status, (await response.text()).trim()];
    };
    const answer = [200, '{"data":{"hello":"hello known"}}'];
    const byHash = JSON.stringify(extensions);
    for (const params of [{ documentId: id }, { documentId: `sha256:${id}` }, { extensions: byHash }]) {
      expect(await get(params)).toEqual(answer);
    }
    const refusals: [Record<string, string>, number][] = [
      [{ documentId: 'sha256:00' }, 404],
      [{ extensions: byHash.replace(id, '00') }, 404],
      [{ extensions: byHash, query: '{ hello }' }, 400],
      [{ extensions: '{', query: known }, 403],
      [{ extensions: '{}' }, 403],
    ];
    for (const [params, status] of refusals)
      expect([params, (await get(params))[0]]).toEqual([params, status]);
    expect(graph.subgraphs['account']?.receivedText).not.toContain('{hello}');
  } finally {
    await graph.gateway.close();
  }
});

test('the hash of a trusted document beside another query is refused as that of an automatic persisted query is', async () => {
  const known = '{ hello(name: "known") }';
  const sha256Hash = createHash('sha256').update(known).digest('hex');
  const byId = new Map([[sha256Hash, known]]);
  const mismatched = JSON.stringify({
    query: '{ hello }',
    extensions: { persistedQuery: { version: 1, sha256Hash } },
  });
  const responses = [];
  for (const trustedDocuments of [undefined, { byId, only: false }, { byId, only: true }]) {
    const graph = await startSmallGateway({ account }, trustedDocuments && { trustedDocuments });
    try {
      const { status, data, errors } = await graph.post(mismatched);
      responses.push([status, data, errors[0]?.message, ...short(errors)]);
    } finally {
      await graph.gateway.close();
    }
  }
  const refusal = [400, undefined, 'provided sha does not match query', 'BAD_REQUEST -'];
  expect(responses).toEqual([refusal, refusal, refusal]);
});

test('trusted documents are planned at the start, and documents that differ in comments are planned once', async () => {
  const documents = [
    '{ hello(name: "first") }',
    'query ($on: Boolean!) { hello(name: "second") @include(if: $on) }',
  ];
  const byId = new Map(documents.map((document, index) => [String(index), document]));
  const graph = await startSmallGateway({ account });
  const planned = async (): Promise<number> => {
    const text = await (await fetch(`${graph.url}/metrics`)).text();
    return Number(/souk_gateway_planning_seconds_count\{[^}]*step="plan"[^}]*\} (\d+)/.exec(text)?.[1] ?? 0);
  };
  const before = await planned();
  const trusting = await startSmallGateway({ account }, { trustedDocuments: { byId, only: true } });
  try {
    await until('the first document to be planned', async () => (await planned()) === before + 1);
    const first = await trusting.post(JSON.stringify({ documentId: '0' }));
    expect(first.data).toEqual({ hello: 'hello first' });
    expect(await planned()).toBe(before + 1);
    for (const comment of ['one', 'two']) await graph.execute(`{ hello(name: "third") } # ${comment}`);
    expect(await planned()).toBe(before + 2);
  } finally {
    await Promise.all([graph.gateway.close(), trusting.gateway.close()]);
  }
});
