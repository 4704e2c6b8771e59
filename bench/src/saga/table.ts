import { availableParallelism } from 'node:os';
import { percentile } from '../percentile.js';
import type { LoadResult } from './load.js';
import type { SessionResult } from './session.js';
import { titles } from './variant.js';
import type { VariantName } from './variant.js';

/** Measurements of one variant in one scenario. */
export interface Measured {
  variant: VariantName;
  /** With many checkouts at once. */
  busy: SessionResult;
  /** One at a time. */
  single: LoadResult;
}

/** Checkouts ended per second, completed or compensated. */
export function rateOf({ latenciesMs, elapsedMs }: LoadResult): number {
  return (latenciesMs.length / elapsedMs) * 1_000;
}

/** One scenario as a Markdown table. */
export function tableOf(measured: readonly Measured[]): string {
  const rateOfVariant = (name: VariantName): number | null => {
    const found = measured.find(({ variant }) => variant === name);
    return found ? rateOf(found.busy.load) : null;
  };
  const dbos = rateOfVariant('dbos');
  const byHand = rateOfVariant('transaction');
  const header = [
    'variant',
    'checkouts/s',
    '× DBOS',
    '× one transaction',
    'p50 ms',
    'p99 ms',
    'single p50 ms',
    'single p99 ms',
    'commits',
    'fsyncs',
    'Redis commands',
    'WAL kB',
    'CPU ms: Node + PostgreSQL + Redis',
    'of the cores',
  ];
  const rows = measured.map(({ variant, busy: { load, counted, cpu }, single: single }) => {
    const rate = rateOf(load);
    const cpuMs = cpu.node + cpu.postgres + cpu.redis;
    return [
      titles[variant],
      Math.round(rate).toString(),
      dbos === null ? '-' : (rate / dbos).toFixed(2),
      byHand === null ? '-' : (rate / byHand).toFixed(2),
      ...[load, single].flatMap(({ latenciesMs }) =>
        [0.5, 0.99].map((share) => percentile(latenciesMs, share).toFixed(1)),
      ),
      counted.commits.toFixed(2),
      counted.fsyncs.toFixed(2),
      counted.redisCommands.toFixed(1),
      (counted.walBytes / 1_000).toFixed(1),
      `${cpu.node.toFixed(1)} + ${cpu.postgres.toFixed(1)} + ${cpu.redis.toFixed(1)} = ${cpuMs.toFixed(1)}`,
      `${((rate * cpuMs) / 10 / availableParallelism()).toFixed(0)} %`,
    ];
  });
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
