import type { GraphQLNamedType } from 'graphql';
import {
  buildSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { percentile } from './percentile.js';
import { memoryOfNode } from './process-memory.js';
import { startGateway } from './souk-process.js';

// A light query of others, beside one client who sends operations that are planned anew: large ones, or many. The gateway
// runs alone, on Souk's supergraph without its subgraphs: the light query needs none.

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '2' },
    /** Another checkout, built, to be measured in turn with this one. */
    before: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
const lightPerSecond = 20;
const patienceMs = 120_000;
/** The older one of two: what it has both have. */
const supergraph = path.join(values.before ?? path.join(__dirname, '../..'), 'gateway/supergraph.graphql');

interface Contender {
  name: string;
  /** The checkout; undefined: this one. */
  checkout?: string;
  environment: Record<string, string>;
}

interface Attack {
  name: string;
  perSecond: number;
  query: (turn: number) => string;
}

interface Row {
  contender: string;
  attack: string;
  p50: number;
  p99: number;
  longest: number;
  /** Statuses of the attack's answers. */
  answers: string;
}

/** A selection of all fields of a type but lists, to a depth. */
function everything(type: GraphQLNamedType, depth: number): string {
  if (!isObjectType(type) && !isInterfaceType(type)) return '__typename';
  return Object.values(type.getFields())
    .flatMap((field) => {
      const named = getNamedType(field.type);
      const needsArguments = field.args.some(
        ({ type: input, defaultValue }) => isNonNullType(input) && defaultValue === undefined,
      );
      const isList = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
      if (needsArguments || isList || named.name.endsWith('Connection')) return [];
      if (isLeafType(named)) return [field.name];
      return depth > 0 ? [`${field.name} { ${everything(named, depth - 1)} }`] : [];
    })
    .join(' ');
}

async function post(url: string, query: string, address: string): Promise<{ status: number; ms: number }> {
  const begun = performance.now();
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: JSON.stringify({ query }),
      signal: AbortSignal.timeout(patienceMs),
    });
    await response.arrayBuffer();
    return { status: response.status, ms: performance.now() - begun };
  } catch {
    // The gateway is too busy to take the connection.
    return { status: 0, ms: performance.now() - begun };
  }
}

/** Sends at a pace, whatever becomes of it. */
async function atPace<Result>(perSecond: number, send: (turn: number) => Promise<Result>): Promise<Result[]> {
  const sent: Promise<Result>[] = [];
  const begun = performance.now();
  for (let turn = 0; turn < perSecond * seconds; turn += 1) {
    await sleep(Math.max(0, begun + (turn * 1_000) / perSecond - performance.now()));
    sent.push(send(turn));
  }
  return Promise.all(sent);
}

const light = '{ __typename }';
let turns = 0;

const schema = buildSchema(readFileSync(supergraph, 'utf8'), { assumeValidSDL: true });
const listing = schema.getType('Listing');
const large = listing ? everything(listing, 6) : '__typename';
const attacks: readonly Attack[] = [
  {
    name: 'large operations',
    perSecond: 10,
    query: (turn) => `{ x${turn}: listing(slug: "x") { ${large} } }`,
  },
  {
    name: 'many operations',
    perSecond: 100,
    query: (turn) => `{ x${turn}: listings(first: 2) { nodes { id title offers { id } } } }`,
  },
];

async function measure(url: string, contender: string, attack: Attack | null): Promise<Row> {
  const first = (turns += 1_000_000);
  // Others come from many addresses.
  const others = atPace(lightPerSecond, (turn) => post(url, light, `10.1.0.${turn % 50}`));
  const answers = attack
    ? await atPace(attack.perSecond, (turn) => post(url, attack.query(first + turn), '10.2.0.1'))
    : [];
  const times = (await others).map(({ ms }) => ms);
  const counts = new Map<number, number>();
  for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
  return {
    contender,
    attack: attack?.name ?? 'nothing',
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    longest: Math.max(...times),
    answers: [...counts].map(([status, count]) => `${count} x ${status}`).join(', '),
  };
}

async function run(contender: Contender): Promise<Row[]> {
  const begun = performance.now();
  const gateway = await startGateway({ TRUSTED_PROXIES: '1', ...contender.environment }, contender.checkout);
  const startedMs = performance.now() - begun;
  try {
    await post(gateway.url, light, '10.1.0.1');
    const rows = [await measure(gateway.url, contender.name, null)];
    const rss = Math.round(memoryOfNode(gateway.pid) / 1e6);
    process.stdout.write(`${contender.name}: started in ${Math.round(startedMs)} ms, ${rss} MB\n`);
    for (const attack of attacks) {
      rows.push(await measure(gateway.url, contender.name, attack));
      // Points are there again, and nothing waits.
      await sleep(contender.environment['RATE_LIMIT_PER_MINUTE'] === '0' ? 1_000 : 61_000);
    }
    return rows;
  } finally {
    await gateway.stop();
  }
}

async function main(): Promise<void> {
  const contenders: Contender[] = [
    ...(values.before === undefined
      ? []
      : [{ name: 'before', checkout: values.before, environment: { RATE_LIMIT_PER_MINUTE: '0' } }]),
    { name: 'planner thread, no points', environment: { RATE_LIMIT_PER_MINUTE: '0' } },
    { name: 'planner thread, 600 points', environment: { RATE_LIMIT_PER_MINUTE: '600' } },
  ];
  const rows: Row[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of contenders) rows.push(...(await run(contender)));
  }
  process.stdout.write(
    `\n${availableParallelism()} processors, load ${loadavg()[0]?.toFixed(1)}; light query, ${lightPerSecond} a second, ms\n`,
  );
  for (const { contender, attack, p50, p99, longest, answers } of rows) {
    process.stdout.write(
      `${contender.padEnd(28)} ${attack.padEnd(18)} p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} longest ${longest.toFixed(1)}  ${answers}\n`,
    );
  }
}

void main();
