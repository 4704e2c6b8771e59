import type { Log } from '../log.js';

/** Runs a task again and again, never two at once; a failure is logged and the next turn comes all the same. */
export class IntervalJob {
  readonly #name: string;
  readonly #intervalMs: number;
  readonly #task: () => Promise<unknown>;
  readonly #log: Log;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #stopped = true;
  #failing = false;

  constructor(name: string, intervalMs: number, task: () => Promise<unknown>, log: Log) {
    this.#name = name;
    this.#intervalMs = intervalMs;
    this.#task = task;
    this.#log = log;
  }

  /** Begins; the first turn comes within one interval: tasks that begin together are not to come together ever after. */
  start(): void {
    this.#stopped = false;
    this.#schedule(this.#intervalMs * Math.random());
  }

  /** Ends; resolves when a turn that runs is over. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running;
  }

  #schedule(afterMs = this.#intervalMs): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#turn().finally(() => this.#schedule());
    }, afterMs);
    this.#timer.unref();
  }

  async #turn(): Promise<void> {
    try {
      await this.#task();
      this.#failing = false;
    } catch (error) {
      // One line for an outage, not one a second.
      if (!this.#failing) this.#log.warn({ err: error, task: this.#name }, 'an interval job failed');
      this.#failing = true;
    }
  }
}
