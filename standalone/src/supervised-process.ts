import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess, signal } from './process-table.js';

/** A part of Souk in a process of its own. */
export interface ProcessSpec {
  name: string;
  /** The file that Node runs, and with which flags of its own. */
  main: string;
  flags: readonly string[];
  environment: NodeJS.ProcessEnv;
  /** Answers 200 when the part is ready. */
  readyUrl: string;
}

const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** One that ran this long had started well: its next restart comes quickly again. */
const healthyMs = 60_000;
const readyTimeoutMs = 60_000;

/** Runs a part, and starts it anew whenever it ends by itself. */
export class SupervisedProcess {
  readonly #spec: ProcessSpec;
  readonly #report: (line: string) => void;
  readonly #onChange: () => void;
  #child: ChildProcess | null = null;
  #restart: NodeJS.Timeout | null = null;
  #stopping = false;
  #pauseMs = firstPauseMs;

  /** @param onChange called when the part's process has changed */
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
      // Ctrl-C reaches the launcher alone, which ends the parts in their order.
      detached: true,
    });
    this.#child = child;
    this.#onChange();
    child.once('error', (error) => this.#report(`${this.name} cannot be started: ${error.message}`));
    child.once('exit', (code, by) => {
      this.#child = null;
      this.#onChange();
      if (this.#stopping) return;
      if (Date.now() - startedAt > healthyMs) this.#pauseMs = firstPauseMs;
      this.#report(
        `${this.name} ended (${by ?? `code ${code ?? '?'}`}); it is started anew in ${this.#pauseMs / 1000} s.`,
      );
      // Not unref'd: with all parts dead at once the launcher would have nothing left to live for.
      this.#restart = setTimeout(() => this.start(), this.#pauseMs);
      this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
    });
  }

  /** Resolves when the part answers that it is ready. @throws after a minute */
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

  /** Asks the process to drain and waits for it; one that does not in time is killed. */
  async stop(patienceMs: number): Promise<void> {
    this.#giveUp();
    const child = this.#child;
    if (child?.pid === undefined) return;
    // The process may be gone for a moment before this one has heard of it.
    const heard = once(child, 'exit');
    await endProcess(child.pid, patienceMs);
    await heard;
  }

  /** Kills the process if it is still there. */
  kill(): void {
    this.#giveUp();
    if (this.pid !== null) signal(this.pid, 'SIGKILL');
  }

  #giveUp(): void {
    this.#stopping = true;
    if (this.#restart !== null) clearTimeout(this.#restart);
  }
}
