import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Client } from './checkout/client.js';
import { cpuOfTree } from './process-cpu.js';
import type { RunningSouk } from './souk-process.js';
import { startSouk } from './souk-process.js';
import type { Load } from './standalone/load.js';
import { answersTo, load, withoutIds } from './standalone/load.js';
import type { Operation } from './standalone/operations.js';
import { operationsOf } from './standalone/operations.js';

// Queries a second of Souk's own supergraph: in one process, in a process each, and with stock @apollo/gateway before the
// same subgraphs.

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '16' },
  },
});
const seconds = Number(values.seconds);
const connections = Number(values.connections);
const patienceMs = 60_000;
const secret = randomUUID();
const supergraph = path.join(__dirname, '../../gateway/supergraph.graphql');
const subgraphs = ['account', 'catalog', 'order', 'payment', 'social'];

/** A running gateway with its title and processes. */
interface Contender {
  name: string;
  url: string;
  token: string;
  /** The processes whose CPU time counts. */
  pids: readonly number[];
}

interface Row {
  operation: string;
  contender: string;
  load: Load;
  /** Of all its processes, PostgreSQL's too, for one answer. */
  cpuMs: number;
  isEqual: boolean;
}

const rows: Row[] = [];
const expected = new Map<string, string>();

/** The buyer of the demo, with an order that has completed. */
async function buyer(url: string): Promise<Client> {
  const client = await new Client(url).login('buyer@souk.test', 'souk-demo-2026');
  const { nodes } = await client.run<{ nodes: { offers: { id: string }[] }[] }>(
    '{ listings(filter: { kinds: [APP] }, first: 1, sort: TITLE) { nodes { offers { id } } } }',
  );
  const { checkout } = await client.run<{ checkout: { id: string } }>(
    `mutation ($input: CreateOrderInput!) {
      createOrder(input: $input) { checkout { id } userErrors { code message } } }`,
    {
      input: {
        items: [{ offerId: nodes[0]?.offers[0]?.id, quantity: 1 }],
        idempotencyKey: randomUUID(),
        payment: { method: 'CREDIT_CARD', paymentMethodToken: 'pm_card_visa' },
      },
    },
  );
  const end = performance.now() + patienceMs;
  while (performance.now() < end) {
    const { status } = await client.run<{ status: string }>(
      'query ($id: ID!) { checkout(id: $id) { status } }',
      checkout,
    );
    if (status === 'COMPLETED') return client;
    await sleep(200);
  }
  throw new Error('The order did not complete.');
}

async function slugsAt(url: string): Promise<string[]> {
  const { nodes } = await new Client(url).run<{ nodes: { slug: string }[] }>(
    '{ listings(first: 12, sort: TITLE) { nodes { slug } } }',
  );
  return nodes.map(({ slug }) => slug);
}

async function measure(contender: Contender, operations: readonly Operation[]): Promise<void> {
  const cpu = (): number => contender.pids.reduce((sum, pid) => sum + cpuOfTree(pid), 0);
  for (const operation of operations) {
    process.stderr.write(`${contender.name}: ${operation.name}\n`);
    const answers = withoutIds((await answersTo(operation, contender)).join('\n'));
    if (!expected.has(operation.name)) expected.set(operation.name, answers);
    await load(operation, { ...contender, connections, seconds: Math.min(2, seconds) });
    const before = cpu();
    const result = await load(operation, { ...contender, connections, seconds });
    rows.push({
      operation: operation.name,
      contender: contender.name,
      load: result,
      cpuMs: (cpu() - before) / Math.max(1, result.answers),
      isEqual: expected.get(operation.name) === answers,
    });
  }
}

/** Runs Souk on an empty data directory. */
async function withSouk(
  script: 'start' | 'start:distributed',
  environment: Readonly<Record<string, string>>,
  work: (souk: RunningSouk, token: string, operations: Operation[]) => Promise<void>,
): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'souk-bench-'));
  // The database's user has to pass when this runs as root.
  await chmod(dataDir, 0o711);
  const souk = await startSouk(script, { DATA_DIR: dataDir, ...environment });
  try {
    const { accessToken } = await buyer(souk.url);
    await work(souk, accessToken, operationsOf(await slugsAt(souk.url)));
  } finally {
    await souk.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The peer: stock @apollo/gateway before the subgraphs of a Souk that runs in a process each. */
async function withStock(
  souk: RunningSouk,
  work: (url: string, pid: number) => Promise<void>,
): Promise<void> {
  const first = Number(new URL(souk.url).port);
  // Beyond the ports that Souk takes.
  const port = first + 11;
  const urls = subgraphs.map((name, index) => `${name}=http://127.0.0.1:${first + 1 + index}/graphql`);
  const script = path.join(__dirname, 'standalone', 'gateway-stock.js');
  const child = spawn(process.execPath, [script, String(port), supergraph, secret, ...urls], {
    env: { ...process.env, NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: 'true' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}/`;
  try {
    const end = performance.now() + patienceMs;
    for (;;) {
      try {
        await new Client(url).run('{ categories { name } }');
        break;
      } catch (error) {
        if (child.exitCode !== null || performance.now() > end) throw error;
        await sleep(200);
      }
    }
    await work(url, child.pid ?? 0);
  } finally {
    child.kill('SIGKILL');
  }
}

function report(): string {
  const stock = new Map(
    rows
      .filter((row) => row.contender === '@apollo/gateway')
      .map((row) => [row.operation, row.load.perSecond]),
  );
  const line = (parts: readonly string[]): string => `| ${parts.join(' | ')} |`;
  const head = ['operation', 'gateway', 'per second', '× stock', 'p50 ms', 'p99 ms', 'CPU ms, all', 'bodies'];
  const sorted = [...expected.keys()].flatMap((name) => rows.filter((row) => row.operation === name));
  return [
    `Node ${process.version}, ${availableParallelism()} cores, load average ${loadavg()[0]?.toFixed(1)}, ${connections} connections, ${seconds} s each`,
    '',
    line(head),
    line(head.map(() => '---')),
    ...sorted.map(({ operation, contender, load: one, cpuMs, isEqual }) =>
      line([
        operation,
        contender,
        one.perSecond.toFixed(0) + (one.failed === 0 ? '' : ` (${one.failed} failed)`),
        (one.perSecond / (stock.get(operation) ?? Number.NaN)).toFixed(1),
        one.p50.toFixed(1),
        one.p99.toFixed(1),
        cpuMs.toFixed(2),
        isEqual ? 'equal' : 'DIFFER',
      ]),
    ),
    '',
  ].join('\n');
}

async function main(): Promise<void> {
  for (const [name, environment] of [
    ['one process, reads cached', {}],
    ['one process, no read cache', { READ_CACHE_BYTES: '0' }],
  ] as const) {
    await withSouk('start', environment, (souk, token, operations) =>
      measure({ name, url: souk.url, token, pids: [souk.pid] }, operations),
    );
  }
  const distributed = { READ_CACHE_BYTES: '0', GATEWAY_SECRET: secret };
  await withSouk('start:distributed', distributed, async (souk, token, operations) => {
    await measure(
      { name: 'a process each, no read cache', url: souk.url, token, pids: [souk.pid] },
      operations,
    );
    await withStock(souk, (url, pid) =>
      measure({ name: '@apollo/gateway', url, token, pids: [souk.pid, pid] }, operations),
    );
  });
  process.stdout.write(report());
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
