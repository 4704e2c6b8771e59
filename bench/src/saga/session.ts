import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { EmbeddedPostgres } from '@souk/standalone/postgres/server';
import { cpuOfTree } from '../process-cpu.js';
import type { BenchRedis } from '../redis.js';
import type { Counters } from './counters.js';
import { between, readCounters } from './counters.js';
import { audit, makeDatabases } from './databases.js';
import type { LoadPlan, LoadResult } from './load.js';
import type { RunnerAnswer, RunnerOrder, RunnerRole } from './runner.js';
import type { Ending, Scenario } from './scenario.js';
import type { Participant } from './statements.js';
import { isApart } from './variant.js';
import type { VariantName } from './variant.js';

/** The stores of a benchmark. */
export interface Stores {
  postgres: EmbeddedPostgres;
  redis: BenchRedis;
}

/** Milliseconds of CPU for each checkout. */
export interface CpuTimes {
  node: number;
  postgres: number;
  redis: number;
}

/** The result of a session. */
export interface SessionResult {
  load: LoadResult;
  /** For each checkout, warm-up and all. */
  counted: Counters;
  /** For each checkout under load. */
  cpu: CpuTimes;
}

/** How a session is run. */
export interface SessionPlan {
  variant: VariantName;
  scenario: Scenario;
  warmUp: LoadPlan;
  load: LoadPlan;
  /** How many processes Souk's participants are spread over: 1 with order, 2 beside it, or 4 one each. */
  processes: 1 | 2 | 4;
  /** Where the process under load leaves its CPU profile; null for none. */
  profileDir: string | null;
}

const openPatienceMs = 60_000;
/** Longer than a load itself is patient with its last checkouts. */
const loadPatienceMs = 150_000;
const closePatienceMs = 20_000;

/** One variant under one load: databases of its own, processes of its own, the books audited at the end. */
export async function runSession(stores: Stores, plan: SessionPlan): Promise<SessionResult> {
  const { postgres, redis } = stores;
  const databases = await makeDatabases(postgres.url, isApart(plan.variant), plan.scenario);
  await redis.flush();
  const role = (participants: readonly Participant[], underLoad: boolean): RunnerRole => ({
    variant: plan.variant,
    scenario: plan.scenario,
    options: { databases, redisUrl: redis.url },
    participants,
    underLoad,
  });
  const [beside, ...apart] = isApart(plan.variant) ? layouts[plan.processes] : [[]];
  const runners: Runner[] = [];
  try {
    const main = new Runner(plan.profileDir);
    runners.push(main);
    await main.execute({ open: role(beside ?? [], true) }, openPatienceMs);
    for (const participants of apart) {
      const runner = new Runner(null);
      runners.push(runner);
      await runner.execute({ open: role(participants, false) }, openPatienceMs);
    }
    const before = await readCounters(postgres.url, redis.port, false);
    const warm = await main.load(plan.warmUp);
    const cpuBefore = cpuNow(stores, runners);
    const load = await main.load(plan.load);
    const cpuAfter = cpuNow(stores, runners);
    // The one under load last: the others may still be at a command that was sent twice.
    for (const runner of runners) await runner.close();
    const counted = between(before, await readCounters(postgres.url, redis.port, true));

    const endings: Record<Ending, number> = {
      completed: warm.endings.completed + load.endings.completed,
      failed: warm.endings.failed + load.endings.failed,
    };
    await audit(databases, plan.scenario, endings);
    const loaded = load.latenciesMs.length;
    return {
      load,
      counted: perCheckout(counted, loaded + warm.latenciesMs.length),
      cpu: {
        node: (cpuAfter.node - cpuBefore.node) / loaded,
        postgres: (cpuAfter.postgres - cpuBefore.postgres) / loaded,
        redis: (cpuAfter.redis - cpuBefore.redis) / loaded,
      },
    };
  } finally {
    for (const runner of runners) runner.kill();
  }
}

/** Which participants run where, by the number of processes; the first list runs in order's process. */
const layouts: Readonly<Record<SessionPlan['processes'], readonly (readonly Participant[])[]>> = {
  1: [['catalog', 'payment', 'account']],
  2: [[], ['catalog', 'payment', 'account']],
  4: [[], ['catalog'], ['payment'], ['account']],
};

function perCheckout(counted: Counters, checkouts: number): Counters {
  return {
    commits: counted.commits / checkouts,
    fsyncs: counted.fsyncs / checkouts,
    walBytes: counted.walBytes / checkouts,
    redisCommands: counted.redisCommands / checkouts,
  };
}

function cpuNow({ postgres, redis }: Stores, runners: readonly Runner[]): CpuTimes {
  const postmaster = Number(
    readFileSync(path.join(postgres.clusterDir, 'postmaster.pid'), 'utf8').split('\n')[0],
  );
  return {
    node: runners.reduce((total, runner) => total + cpuOfTree(runner.pid), 0),
    postgres: cpuOfTree(postmaster),
    redis: cpuOfTree(redis.pid),
  };
}

/** A process that runs a variant, or a part of one. */
class Runner {
  readonly #child: ChildProcess;
  #answered: ((answer: RunnerAnswer) => void) | null = null;

  constructor(profileDir: string | null) {
    this.#child = fork(path.join(__dirname, 'runner.js'), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: profileDir === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`],
    });
    this.#child.on('message', (answer: RunnerAnswer) => this.#answered?.(answer));
    this.#child.once('exit', (code, signal) =>
      this.#answered?.({ failed: `A runner ended: ${signal ?? `code ${code ?? '?'}`}.` }),
    );
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async load(plan: LoadPlan): Promise<LoadResult> {
    const result = await this.execute({ load: plan }, plan.seconds * 1_000 + loadPatienceMs);
    if (!result) throw new Error('A runner answered no figures.');
    return result;
  }

  async close(): Promise<void> {
    const exited = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    await this.execute({ close: true }, closePatienceMs);
    await exited;
  }

  /** @throws when the runner fails, ends, or is silent for too long */
  async execute(order: RunnerOrder, patienceMs: number): Promise<LoadResult | null> {
    let timer: NodeJS.Timeout | undefined;
    try {
      const answer = await new Promise<RunnerAnswer>((resolve) => {
        this.#answered = resolve;
        timer = setTimeout(
          () => resolve({ failed: `A runner was silent for ${patienceMs / 1000} s.` }),
          patienceMs,
        );
        this.#child.send(order);
      });
      if ('failed' in answer) throw new Error(answer.failed);
      return answer.done;
    } finally {
      clearTimeout(timer);
    }
  }

  kill(): void {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGKILL');
  }
}
