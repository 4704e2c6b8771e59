import { createLog } from '@souk/shared/log';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlanningCaller } from '../src/execution/plan/planning.js';
import { Planning } from '../src/execution/plan/planning.js';
import type { ThreadFile } from '../src/execution/plan/planner-thread.js';
import { PlannerThread, ThreadFailed } from '../src/execution/plan/planner-thread.js';
import { readSupergraph } from '../src/supergraph/supergraph.js';
import type { SmallSubgraph } from './small-graph.js';
import { composed, short, startSmallGateway } from './small-graph.js';

const typescript = join(__dirname, '../../tests/support/typescript.cjs');
const thread: ThreadFile = {
  file: join(__dirname, '../src/execution/plan/planner-worker.ts'),
  execArgv: ['--require', typescript],
};
const shop: SmallSubgraph = {
  sdl: `type Query { hello: String things(first: Int): [Thing] secret: String @authenticated }
    type Thing @key(fields: "id") { id: ID! name: String }`,
  resolvers: {
    Query: {
      hello: () => 'hello',
      things: () => [{ id: '1', name: 'one' }],
      secret: () => 'secret',
    },
  },
};
const social: SmallSubgraph = {
  sdl: 'type Thing @key(fields: "id") { id: ID! likes: Int }',
  resolvers: { Thing: { __resolveReference: ({ id }: { id: string }) => ({ id, likes: 3 }) } },
};
const log = createLog('test', 'silent');
const caller: PlanningCaller = { client: 'a', address: 'a', cancellation: null, onPlanned: null };
const limits = { depth: 15, counts: { aliases: 9, rootFields: 9, directives: 9 }, introspection: false };
const { sdl } = readSupergraph(composed({ shop, social }));

describe('a gateway with a planner thread', () => {
  test('answers as one without, also after another supergraph is served', async () => {
    const [with_, without] = [
      await startSmallGateway({ shop, social }, { plannerThread: thread }),
      await startSmallGateway({ shop, social }, { plannerThread: null }),
    ];
    const both = async (query: string): Promise<void> => {
      for (let turn = 0; turn < 2; turn += 1) {
        const [one, other] = [await with_.execute(query), await without.execute(query)];
        expect({ status: one.status, data: one.data, errors: withoutIds(one.errors) }).toEqual({
          status: other.status,
          data: other.data,
          errors: withoutIds(other.errors),
        });
      }
    };
    const withoutIds = (errors: readonly object[]): unknown =>
      JSON.parse(JSON.stringify(errors).replaceAll(/"requestId":"[^"]*"/g, '"requestId":""'));
    try {
      await both('{ hello things { id name likes } }');
      await both('{ hello secret }');
      await both('{ nothing }');
      await both('{ hello');
      await both('query A { hello } query B { hello }');
      await both(`{ ${Array.from({ length: 200 }, (_none, index) => `a${index}: hello`).join(' ')} }`);
      const wider = { ...shop, sdl: shop.sdl.replace('hello: String', 'hello: String bye: String') };
      await both('{ bye }');
      for (const { gateway } of [with_, without]) await gateway.reload(composed({ shop: wider, social }));
      await both('{ bye hello }');
      await both('{ hello things { id name likes } }');
    } finally {
      await Promise.all([with_.gateway.close(), without.gateway.close()]);
    }
  });
});

describe('the planner thread', () => {
  let planner: PlannerThread;
  afterEach(() => planner.close());

  const check = { kind: 'check', supergraph: 1, operationName: null } as const;
  const load = { kind: 'load', supergraph: 1, sdl, limits } as const;

  test('that took too long is ended, and the next task has another one', async () => {
    planner = new PlannerThread(thread, 1, log);
    await planner.run(load);
    const large = `{ ${Array.from({ length: 900 }, () => 'things { id name likes }').join(' ')} }`;
    await expect(planner.run({ ...check, source: large })).rejects.toThrow(ThreadFailed);
    const patient = new PlannerThread(thread, 60_000, log);
    await planner.close();
    planner = patient;
    await planner.run(load);
    expect((await planner.run({ ...check, source: '{ hello }' })).value).toEqual([]);
  });

  test('that fails is replaced, and knows the same supergraphs', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'souk-planner-'));
    const file = join(directory, 'worker.cjs');
    // The real worker, which dies of one document.
    writeFileSync(
      file,
      `require('node:worker_threads').parentPort.on('message', ({ task }) => {
         if (task.source === '{ die }') process.exit(1);
         if (task.source === '{ grow }') for (const all = []; ; ) all.push(new Array(1e6).fill(all.length));
       });
       require(${JSON.stringify(thread.file)});`,
    );
    const planning = new Planning({ thread: { ...thread, file }, log });
    planner = new PlannerThread({ ...thread, file }, 60_000, log);
    try {
      await planner.run(load);
      for (const source of ['{ die }', '{ grow }']) {
        await Promise.allSettled([planner.run({ ...check, source })]);
        expect((await planner.run({ ...check, source: '{ hello }' })).value).toEqual([]);
      }
      // The same document is refused at once from then on.
      const loaded = planning.load(sdl, limits);
      await loaded.ready;
      await loaded.check('{ die }', null, caller).catch(() => undefined);
      expect(await loaded.check('{ hello }', null, caller)).toEqual([]);
    } finally {
      await planning.close();
      rmSync(directory, { recursive: true });
    }
  });

  test('keeps a process alive until it has loaded, and no longer', () => {
    planner = new PlannerThread(thread, 60_000, log);
    const script = `
      const { PlannerThread } = require(${JSON.stringify(join(__dirname, '../src/execution/plan/planner-thread.ts'))});
      const planner = new PlannerThread(${JSON.stringify(thread)}, 60000, { error: console.error });
      void planner.run(${JSON.stringify(load)}).then(() => console.log('loaded'));
      setTimeout(() => undefined, 1);`;
    const { status, signal, stdout } = spawnSync(
      process.execPath,
      ['--require', typescript, '--eval', script],
      {
        timeout: 60_000,
      },
    );
    expect([status, signal, String(stdout).trim()]).toEqual([0, null, 'loaded']);
  });
});

test('a flood of new operations is refused, and known ones are answered', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'souk-planner-'));
  const gate = join(directory, 'open');
  const file = join(directory, 'worker.cjs');
  // Works on the first operation of the flood until the gate opens, however fast this machine plans.
  writeFileSync(
    file,
    `const { existsSync } = require('node:fs');
     const pause = new Int32Array(new SharedArrayBuffer(4));
     require('node:worker_threads').parentPort.on('message', ({ task }) => {
       if (!task.source?.includes('flood')) return;
       while (!existsSync(${JSON.stringify(gate)})) Atomics.wait(pause, 0, 0, 5);
     });
     require(${JSON.stringify(thread.file)});`,
  );
  const graph = await startSmallGateway(
    { shop, social },
    { plannerThread: { ...thread, file }, trustedProxies: 1 },
  );
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
  try {
    await graph.execute('{ hello }');
    const flood = Array.from({ length: 150 }, (_none, index) =>
      graph.execute(`{ flood${index}: hello }`, from('10.0.0.1')),
    );
    const first = await Promise.race(flood);
    const known = await graph.execute('{ hello }', from('10.0.0.1'));
    const other = graph.execute('{ other: hello things { likes } }', from('10.0.0.2'));
    writeFileSync(gate, '');
    expect([short(first.errors), known.data, (await other).data]).toEqual([
      ['RATE_LIMITED -'],
      { hello: 'hello' },
      { other: 'hello', things: [{ likes: 3 }] },
    ]);
    const answers = await Promise.all(flood);
    const refused = answers.filter(({ errors }) => errors.length > 0);
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(100);
    expect(new Set(refused.flatMap(({ errors }) => short(errors)))).toEqual(new Set(['RATE_LIMITED -']));
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([429]));
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
  } finally {
    await graph.gateway.close();
    rmSync(directory, { recursive: true });
  }
});
