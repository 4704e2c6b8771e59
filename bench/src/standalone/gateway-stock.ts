import type { GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { readSupergraph } from '@souk/gateway/supergraph/supergraph';
import { readFileSync } from 'node:fs';

interface Context {
  authorization: string | undefined;
}

/**
 * Apollo Server with @apollo/gateway before the subgraphs of a running Souk. It refuses to load access rules, so it gets a
 * supergraph without them: it has less to do.
 */
async function run(): Promise<void> {
  const [port = '0', file = '', secret = '', ...addresses] = process.argv.slice(2);
  const urls = new Map(addresses.map((address) => address.split('=', 2) as [string, string]));
  const gateway = new ApolloGateway({
    supergraphSdl: readSupergraph(readFileSync(file, 'utf8')).sdl,
    buildService: ({ name, url }) =>
      new RemoteGraphQLDataSource<Context>({
        url: urls.get(name) ?? String(url),
        willSendRequest: ({ request, context }: GraphQLDataSourceProcessOptions<Context>) => {
          request.http?.headers.set('x-souk-gateway-secret', secret);
          const { authorization } = context as Context;
          if (authorization) request.http?.headers.set('authorization', authorization);
        },
      }),
  });
  await startStandaloneServer(new ApolloServer<Context>({ gateway }), {
    listen: { port: Number(port), host: '127.0.0.1' },
    context: ({ req }) => Promise.resolve({ authorization: req.headers.authorization }),
  });
}

run().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
