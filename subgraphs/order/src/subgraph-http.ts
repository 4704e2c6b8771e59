import { Agent, request } from 'undici';
import type { SubgraphExecutor } from '@souk/shared/graph/server';

const timeoutMs = 2_000;
const connections = 16;

/** Creates an HTTP executor for a subgraph in another process, with persistent connections. */
export function subgraphOverHttp(url: string): { execute: SubgraphExecutor; close: () => Promise<void> } {
  const agent = new Agent({
    connections,
    connectTimeout: timeoutMs,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: 30_000,
  });
  return {
    execute: async ({ query, variables, headers }) => {
      const response = await request(url, {
        method: 'POST',
        dispatcher: agent,
        headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (response.statusCode !== 200) {
        await response.body.dump();
        throw new Error(`HTTP ${response.statusCode}`);
      }
      return (await response.body.json()) as Awaited<ReturnType<SubgraphExecutor>>;
    },
    close: () => agent.close(),
  };
}
