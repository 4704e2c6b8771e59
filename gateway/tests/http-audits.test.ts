import { serverAudits } from 'graphql-http';
import type { SmallGateway } from './small-graph.js';
import { startSmallGateway } from './small-graph.js';

// The audits of GraphQL over HTTP: what a server must, should and may do, run against a listening gateway.

let graph: SmallGateway | undefined;

beforeAll(async () => {
  // Some audits ask by introspection.
  graph = await startSmallGateway(
    { small: { sdl: 'type Query { hello: String }', resolvers: { Query: { hello: () => 'hello' } } } },
    { introspection: true },
  );
});

afterAll(() => graph?.gateway.close());

/** A page of another origin cannot set this header unasked: without it no operation is run by GET. */
const asClient: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers);
  headers.set('apollo-require-preflight', 'true');
  return fetch(input, { ...init, headers });
};

const audits = serverAudits({ url: () => `${graph?.url ?? ''}/graphql`, fetchFn: asClient });

test('there are audits', () => {
  expect(audits.length).toBeGreaterThan(50);
});

test.each(audits.map((audit) => ({ id: audit.id, name: audit.name, audit })))(
  '$id $name',
  async ({ audit }) => {
    const result = await audit.fn();
    expect(result.status === 'ok' ? 'ok' : `${result.status}: ${result.reason}`).toBe('ok');
  },
);

test('without the header a query by GET is refused', async () => {
  const response = await fetch(`${graph?.url ?? ''}/graphql?query=%7Bhello%7D`);
  expect(response.status).toBe(400);
});
