import { createLog } from '@souk/shared/log';
import type { RequestContext } from '@souk/shared/graph/context';
import { loadSchema } from '@souk/shared/graph/schema';
import { createSubgraphServer } from '@souk/shared/graph/server';

// A process of its own, with a small heap: requests from a subgraph server a hundred million objects, and prints the outcome.

const row = (): object => ({ name: 'a text of a row', note: 'another text of a row' });
const rows = (first: number): object[] => Array.from({ length: first }, row);

const server = createSubgraphServer<RequestContext>({
  schema: loadSchema(
    /* GraphQL */ `
      extend schema
        @link(
          url: "https://specs.apollo.dev/federation/v2.11"
          import: ["@key", "@shareable", "@authenticated", "@tag", "@cost", "@listSize"]
        )
      enum ErrorCode {
        INVALID
      }
      type Query {
        root: Node
      }
      type Node {
        name: String
        note: String
        children(first: Int!): [Node!]!
        later(first: Int!): [Node!]!
      }
    `,
    {
      Query: { root: row },
      Node: {
        children: (_node: unknown, { first }: { first: number }) => rows(first),
        later: (_node: unknown, { first }: { first: number }) => Promise.resolve(rows(first)),
      },
    },
    [],
  ),
  contextOf: (request) => request,
  verifyToken: () => Promise.reject(new Error('The caller has no token.')),
  gatewaySecret: null,
  log: createLog('test', 'silent'),
});

async function main(): Promise<void> {
  for (const field of ['children', 'later']) {
    const nested = (levels: number): string =>
      levels === 0 ? 'name note' : `name note ${field}(first: 100) { ${nested(levels - 1)} }`;
    const { errors } = await server.execute({ query: `{ root { ${nested(4)} } }`, headers: {} });
    process.stdout.write(`${String(errors?.[0]?.extensions?.['code'])}\n`);
  }
}

void main();
