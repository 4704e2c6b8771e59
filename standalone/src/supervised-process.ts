import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess, signal } from './process-table.js';

/** A component of Souk that runs in its own process. */
export interface ProcessSpec {
  name: string;
  /** Entry file for Node. */
  main: string;
  flags: readonly string[];
  environment: NodeJS.ProcessEnv;
  /** Returns 200 when the process is ready. */
  readyUrl: string;
}

const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** A process that ran this long restarts with the shortest delay again. */
const healthyMs = 60_000;
const readyTimeoutMs = 60_000;

/** Runs a process and restarts it, with growing delays, when it exits on its own. */
export class SupervisedProcess {
  readonly #spec: ProcessSpec;
  readonly #report: (line: string) => void;
  readonly #onChange: () => void;
  #child: ChildProcess | null = null;
  #restart: NodeJS.Timeout | null = null;
  #stopping = false;
  #pauseMs = firstPauseMs;

  /** @param onChange called when the process id changes */
  constructor(spec: ProcessSpec, report: (line: string) => void, onChange: () => void) {
    this.#spec = spec;
    this.#report = report;
    this.#onChange = onChange;
  }

  get name(): string {
    return this.#spec.name;
  }

  /** The process's id; null while there is none. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Where it runs, for the banner. */
  describe(): string {
    return `${new URL(this.#spec.readyUrl).origin}, process ${this.pid ?? '-'}`;
  }

  /** Starts the process. */
  start(): void {
    const startedAt = Date.now();
    const child = spawn(process.execPath, [...this.#spec.flags, this.#spec.main], {
      env: this.#spec.environment,
      stdio: ['ignore', 'inherit', 'inherit'],
      // Ctrl-C must reach only the launcher, which stops the processes in order.
      detached: true,
    });
    this.#child = child;
    this.#onChange();
    child.once('error', (error) => this.#report(`${this.name} could not be started: ${error.message}`));
    child.once('exit', (code, by) => {
      this.#child = null;
      this.#onChange();
      if (this.#stopping) return;
      if (Date.now() - startedAt > healthyMs) this.#pauseMs = firstPauseMs;
      this.#report(
        `${this.name} exited (${by ?? `code ${code ?? '?'}`}). Restarting in ${this.#pauseMs / 1000} s.`,
      );
      // Not unref'd: with every process dead, this timer is all that keeps the launcher running.
      this.#restart = setTimeout(() => this.start(), this.#pauseMs);
      this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
    });
  }

  /** Resolves when `readyUrl` returns 200. @throws after a minute */
  async ready(): Promise<void> {
    for (const deadline = Date.now() + readyTimeoutMs; Date.now() < deadline;) {
      try {
        const response = await fetch(this.#spec.readyUrl, { signal: AbortSignal.timeout(2_000) });
        if (response.ok) return;
      } catch {
        // Not listening yet.
      }
      await sleep(50);
    }
    throw new Error(`${this.name} was not ready within ${readyTimeoutMs / 1000} s.`);
  }

  /** Sends SIGTERM and waits. Kills the process if it has not exited in time. */
  async stop(patienceMs: number): Promise<void> {
    this.#giveUp();
    const child = this.#child;
    if (child?.pid === undefined) return;
    // The process may be gone shortly before its exit event arrives.
    const exited = once(child, 'exit');
    await endProcess(child.pid, patienceMs);
    await exited;
  }

  /** Sends SIGKILL if the process is still running. */
  kill(): void {
    this.#giveUp();
    if (this.pid !== null) signal(this.pid, 'SIGKILL');
  }

  #giveUp(): void {
    this.#stopping = true;
    if (this.#restart !== null) clearTimeout(this.#restart);
  }
}
