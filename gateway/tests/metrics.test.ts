import { startSmallGateway } from './small-graph.js';

test('/metrics reports the outcomes of subgraph calls and the open circuits', async () => {
  const graph = await startSmallGateway(
    {
      steady: { sdl: 'type Query { hello: String }', resolvers: { Query: { hello: () => 'hello' } } },
      broken: { sdl: 'type Query { lost: String }' },
    },
    { subgraphResetTimeoutMs: 600_000 },
  );
  try {
    const { broken } = graph.subgraphs;
    if (!broken) throw new Error('There is no such subgraph.');
    broken.answer = () => Promise.reject(new Error('gone'));
    expect((await graph.execute('{ hello }')).data).toEqual({ hello: 'hello' });
    // One after the other: calls of one moment would be shared.
    for (let call = 0; call < 25; call += 1) await graph.execute('{ lost }');
    const text = await (await fetch(`${graph.url}/metrics`)).text();
    const valueOf = (line: string): number =>
      Number(
        text
          .split('\n')
          .find((one) => one.startsWith(line))
          ?.split(' ')[1],
      );
    const count = (labels: string): number => valueOf(`souk_gateway_subgraph_seconds_count{${labels}}`);
    expect(count('subgraph="steady",outcome="answered"')).toBe(1);
    expect(count('subgraph="broken",outcome="failed"')).toBe(5);
    expect(valueOf('souk_gateway_circuit_open{subgraph="steady"}')).toBe(0);
    expect(valueOf('souk_gateway_circuit_open{subgraph="broken"}')).toBe(1);
  } finally {
    await graph.gateway.close();
  }
});
