import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { FaultRequest } from 'souk-stripe-simulator/controls/bodies';
import { readPostmaster } from '@souk/standalone/postgres/postmaster';
import { until } from '../support/until.js';
import type { ChaosFixture } from './fixture.js';
import { isAnswered } from './simulator-call.js';

/** The processes of a distributed Souk, as its launcher names them. */
export const partNames = [
  'account',
  'catalog',
  'order',
  'payment',
  'social',
  'gateway',
  'stripe-simulator',
] as const;

export type PartName = (typeof partNames)[number];

/** A fault of the Stripe simulator. */
export type CardFault = FaultRequest & { count: number };

/** A fault to inject. */
export type Fault =
  /** Kill -9 of processes at once; the launcher starts them again. */
  | { kind: 'kill'; parts: readonly PartName[] }
  /** Kill -9, and started again with what was on its disk. */
  | { kind: 'redis killed' }
  /** All its data are deleted. */
  | { kind: 'redis flushed' }
  /** Immediate shutdown; started again, it recovers from its log. */
  | { kind: 'postgres shut down' }
  | { kind: 'card provider'; fault: CardFault };

const backDeadlineMs = 120_000;

/** The name of a fault in the summary. */
export function nameOf(fault: Fault): string {
  switch (fault.kind) {
    case 'kill':
      return fault.parts.length === 1 ? `kill ${fault.parts.join()}` : 'kill all parts at once';
    case 'card provider': {
      const { kind, count, path, before_execution: early } = fault.fault;
      const where = path?.split('/').at(-1) ?? 'any call';
      return `card provider: ${count} x ${kind}${early ? ' before execution' : ''}, ${where}`;
    }
    default:
      return fault.kind;
  }
}

/** Does it, and returns when it is done; what follows from it may take longer. */
export async function inflict(fixture: ChaosFixture, fault: Fault): Promise<void> {
  switch (fault.kind) {
    case 'kill': {
      const found = await Promise.all(fault.parts.map((part) => processOf(fixture, part)));
      for (const pid of found) killHard(pid);
      return;
    }
    case 'redis killed':
      await fixture.redis.crash();
      return;
    case 'redis flushed':
      await flush(fixture.redis.url);
      return;
    case 'postgres shut down':
      await shutDownPostgres(fixture.postgres.clusterDir);
      return;
    case 'card provider':
      await until(
        'the simulator accepts a fault',
        () => isAnswered(fixture.simulator.injectFault(fault.fault)),
        backDeadlineMs,
      );
  }
}

/** The running process of a part: where it was killed a moment ago, the one that the launcher starts next. */
async function processOf({ souk }: ChaosFixture, part: PartName): Promise<number> {
  return until(
    `${part} runs`,
    async () => {
      try {
        const text = await readFile(join(souk.dataDir, 'processes.json'), 'utf8');
        const running = JSON.parse(text) as { name: string; pid: number }[];
        const pid = running.find(({ name }) => name === part)?.pid;
        return pid !== undefined && isAlive(pid) && pid;
      } catch {
        return null;
      }
    },
    backDeadlineMs,
  );
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It died of another fault meanwhile.
  }
}

async function shutDownPostgres(clusterDir: string): Promise<void> {
  const ready = async (): Promise<number | null> => {
    const server = await readPostmaster(clusterDir);
    return server?.ready ? server.pid : null;
  };
  const pid = await until('PostgreSQL runs', ready, backDeadlineMs);
  process.kill(pid, 'SIGQUIT');
  await until(
    'PostgreSQL runs again',
    async () => {
      const next = await ready();
      return next !== null && next !== pid;
    },
    backDeadlineMs,
  );
}

function flush(url: string): Promise<void> {
  const { port, hostname } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write('FLUSHALL\r\n'));
    socket.setTimeout(10_000, () => socket.destroy(new Error('Redis does not answer.')));
    socket.once('error', reject);
    socket.once('data', (answer) => {
      socket.destroy();
      if (answer.toString().startsWith('+OK')) resolve();
      else reject(new Error(`Redis refused to be flushed: ${answer.toString()}`));
    });
  });
}
