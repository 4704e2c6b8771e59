import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { endProcess } from '@souk/standalone/process-table';
import { clearUp } from './clear-up.js';
import { baseEnvironment } from './config.js';
import type { Report, Request } from './supervisor-messages.js';

type ReportOf<Type extends Report['type']> = Extract<Report, { type: Type }>;

/** Found from both `src`, where Jest of this repository runs it, and `dist`. */
const program = path.join(__dirname, '..', 'dist', 'supervisor.js');
const killPatienceMs = 5_000;

/** The supervisor of one Souk, as the test sees it. It does not keep the test's process running. */
export class SupervisorProcess {
  readonly #child: ChildProcess;
  /** Since the last start. */
  #reports: Report[] = [];
  /** Of the last start; null before the first. */
  #started: ReportOf<'started'> | null = null;
  readonly #listeners = new Set<() => void>();
  #hasExited = false;

  constructor() {
    if (!existsSync(program)) throw new Error('Souk is not built: run npm run build.');
    this.#child = spawn(process.execPath, [program], {
      // A session of its own: Ctrl-C must not reach it.
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: baseEnvironment(),
    });
    this.#child.on('message', (message) => {
      this.#receive(message as Report);
    });
    this.#child.once('error', ({ message }) => {
      this.#receive({ type: 'failed', reason: message });
    });
    this.#child.once('exit', () => {
      this.#hasExited = true;
      this.#notify();
    });
  }

  /** Sends a request. Does nothing if the supervisor is gone. */
  send(request: Request): void {
    if (request.type === 'restart') this.#reports = [];
    if (this.#child.connected) this.#child.send(request, () => undefined);
  }

  /**
   * Waits for a report of this type, or for one that makes it impossible.
   * @returns null if Souk or the supervisor has ended, or `deadlineMs` has passed
   * @throws with the reason that the supervisor reports
   */
  async report<Type extends Report['type']>(type: Type, deadlineMs: number): Promise<ReportOf<Type> | null> {
    const deadline = AbortSignal.timeout(deadlineMs);
    this.#ref();
    try {
      for (;;) {
        const found = this.#reports.find((report): report is ReportOf<Type> => report.type === type);
        if (found) return found;
        const failed = this.#reports.find(({ type: other }) => other === 'failed') as
          ReportOf<'failed'> | undefined;
        if (failed) throw new Error(failed.reason);
        const isOver = this.#reports.some(({ type: other }) => other === 'ended');
        if (isOver || this.#hasExited || deadline.aborted) return null;
        await this.#next(deadline);
      }
    } finally {
      this.#unref();
    }
  }

  /** Stops Souk and removes its temporary directory, also if the supervisor was killed. */
  async stop(): Promise<void> {
    this.#ref();
    if (!this.#hasExited) {
      const exited = once(this.#child, 'exit');
      this.send({ type: 'stop' });
      await exited;
    }
    if (this.#child.exitCode === 0 || !this.#started) return;
    // The supervisor was killed, or could not clear up.
    await endProcess(this.#started.pid, killPatienceMs);
    await clearUp(this.#started.directory);
  }

  #receive(report: Report): void {
    if (report.type === 'started') this.#started = report;
    this.#reports.push(report);
    this.#notify();
  }

  #next(deadline: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const listener = (): void => {
        this.#listeners.delete(listener);
        deadline.removeEventListener('abort', listener);
        resolve();
      };
      this.#listeners.add(listener);
      deadline.addEventListener('abort', listener);
    });
  }

  #notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #ref(): void {
    this.#child.ref();
    this.#child.channel?.ref();
  }

  #unref(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }
}
