import { setTimeout as sleep } from 'node:timers/promises';

/** Marks the gateway's readiness probe: a subgraph then responds with an error if it is not ready. */
export const readinessHeader = 'x-souk-readiness';

/** Returns the reason why the process cannot serve requests, or null. Has a time limit of its own. */
export type ReadinessCheck = () => Promise<string | null>;

/** How long a result is reused, however often it is requested. */
const reuseMs = 1_000;
/** Probes have short time limits: a slower check counts from the next probe on. */
const waitMs = 700;

/** The readiness of a subgraph. */
export class Readiness {
  readonly #checks: readonly ReadinessCheck[];
  #running: Promise<void> | null = null;
  #reasons: readonly string[] = [];

  constructor(checks: readonly ReadinessCheck[]) {
    this.#checks = checks;
  }

  /** The reasons why the subgraph is not ready, at most a few seconds old; none if it is. */
  async reasons(): Promise<readonly string[]> {
    this.#running ??= this.#run();
    await Promise.race([this.#running, sleep(waitMs, undefined, { ref: false })]);
    return this.#reasons;
  }

  async #run(): Promise<void> {
    const found = await Promise.all(this.#checks.map((check) => check()));
    this.#reasons = found.filter((reason) => reason !== null);
    setTimeout(() => (this.#running = null), reuseMs).unref();
  }
}
