import type { Log } from '../log.js';

/** Runs a task at an interval, never two at once; logs a failure and goes on. */
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

  /** Starts; the first run is at a random time within one interval, so that jobs started together spread out. */
  start(): void {
    this.#stopped = false;
    this.#schedule(this.#intervalMs * Math.random());
  }

  /** Stops; resolves when the present run is over. */
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
      // Logs once per outage.
      if (!this.#failing) this.#log.warn({ err: error, task: this.#name }, 'an interval job failed');
      this.#failing = true;
    }
  }
}
