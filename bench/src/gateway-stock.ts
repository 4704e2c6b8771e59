import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { readFileSync } from 'node:fs';

/** Apollo Server with @apollo/gateway, as their documentation sets them up. */
async function run(): Promise<void> {
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
  const [port = '0', file = ''] = process.argv.slice(2);
  const gateway = new ApolloGateway({ supergraphSdl: readFileSync(file, 'utf8') });
  await startStandaloneServer(new ApolloServer({ gateway }), {
    listen: { port: Number(port), host: '127.0.0.1' },
  });
}

run().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
