import { planningWaiting } from '@souk/shared/telemetry';
import type { Cancellation } from '@souk/shared/cancellation';

/** A client that waits for a plan. Clients of one address share its turns. */
export interface PlanningClient {
  client: string;
  address: string;
  /** Removes the client from the queue when it disconnects; null waits to the end. */
  cancellation: Cancellation | null;
}

/** The bounds of the queue. */
export interface QueueLimits {
  /** Jobs that may wait: of all clients, of one address, of one client. */
  total: number;
  perAddress: number;
  perClient: number;
  /** How long a job may wait for its turn. */
  waitMs: number;
}

/** Why a job is not done. */
export class QueueRefusal extends Error {
  readonly reason: 'full' | 'flooded' | 'late' | 'closed';

  constructor(reason: QueueRefusal['reason']) {
    super(`The planning queue refused a job: ${reason}.`);
    this.reason = reason;
  }
}

interface Waiter {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
  settle: () => void;
}

interface Job {
  key: string;
  work: () => Promise<unknown>;
  waiters: Set<Waiter>;
  hasBegun: boolean;
}

/** The jobs of one address, by client. */
type Lines = Map<string, Job[]>;

/**
 * Runs one job at a time, round robin over addresses, and over the clients of one address: a client with many jobs
 * delays only its own. Jobs with the same key are run once.
 */
export class PlanningQueue {
  readonly #limits: QueueLimits;
  readonly #jobs = new Map<string, Job>();
  readonly #lines = new Map<string, Lines>();
  #waiting = 0;
  #isBusy = false;
  #isClosed = false;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  /** Waits for the client's turn, and for the job. @throws QueueRefusal, or what `work` throws */
  async enqueue<Value>(key: string, who: PlanningClient, work: () => Promise<Value>): Promise<Value> {
    if (this.#isClosed) throw new QueueRefusal('closed');
    if (who.cancellation?.reason) throw who.cancellation.reason;
    let job = this.#jobs.get(key);
    if (!job?.hasBegun) {
      // A job that waits in the line of another client waits in this client's line as well.
      const line = this.#lines.get(who.address)?.get(who.client);
      if (!job || !line?.includes(job)) {
        this.#checkRoom(who);
        job ??= { key, work, waiters: new Set(), hasBegun: false };
        this.#jobs.set(key, job);
        this.#append(who, job);
      }
    }
    const result = this.#wait(job, who.cancellation);
    this.#next();
    return (await result) as Value;
  }

  /** Refuses the jobs that wait, and all others. */
  close(): void {
    this.#isClosed = true;
    for (const { waiters, hasBegun } of this.#jobs.values()) {
      if (hasBegun) continue;
      for (const { reject, settle } of waiters) {
        settle();
        reject(new QueueRefusal('closed'));
      }
    }
    this.#lines.clear();
    this.#note(-this.#waiting);
  }

  #checkRoom({ address, client }: PlanningClient): void {
    const { total, perAddress, perClient } = this.#limits;
    const lines = this.#lines.get(address);
    const ofAddress = [...(lines?.values() ?? [])].reduce((sum, { length }) => sum + length, 0);
    if ((lines?.get(client)?.length ?? 0) >= perClient || ofAddress >= perAddress)
      throw new QueueRefusal('flooded');
    if (this.#waiting >= total) throw new QueueRefusal('full');
  }

  #append({ address, client }: PlanningClient, job: Job): void {
    const lines: Lines = this.#lines.get(address) ?? new Map<string, Job[]>();
    lines.set(client, [...(lines.get(client) ?? []), job]);
    this.#lines.set(address, lines);
    this.#note(1);
  }

  #wait(job: Job, cancellation: Cancellation | null): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const leave = (error: Error): void => {
        // A running job is still useful to other waiters and for later requests.
        if (job.hasBegun) return;
        job.waiters.delete(waiter);
        waiter.settle();
        reject(error);
      };
      const timer = setTimeout(() => leave(new QueueRefusal('late')), this.#limits.waitMs).unref();
      const unhook = cancellation?.onCancel(leave);
      const waiter: Waiter = {
        resolve,
        reject,
        settle: () => {
          clearTimeout(timer);
          unhook?.();
        },
      };
      job.waiters.add(waiter);
    });
  }

  #next(): void {
    if (this.#isBusy) return;
    for (let job = this.#take(); job; job = this.#take()) {
      if (job.hasBegun) continue;
      if (job.waiters.size === 0) {
        this.#forget(job);
        continue;
      }
      this.#isBusy = true;
      void this.#do(job);
      return;
    }
  }

  async #do(job: Job): Promise<void> {
    job.hasBegun = true;
    for (const { settle } of job.waiters) settle();
    try {
      const value = await job.work();
      for (const { resolve } of job.waiters) resolve(value);
    } catch (error) {
      for (const { reject } of job.waiters) reject(error as Error);
    }
    for (const { settle } of job.waiters) settle();
    this.#forget(job);
    this.#isBusy = false;
    this.#next();
  }

  #forget(job: Job): void {
    if (this.#jobs.get(job.key) === job) this.#jobs.delete(job.key);
  }

  /** The next job of the address whose turn it is; both the address and its client go to the end. */
  #take(): Job | null {
    for (const [address, lines] of this.#lines) {
      for (const [client, line] of lines) {
        const [job, ...rest] = line;
        lines.delete(client);
        if (rest.length > 0) lines.set(client, rest);
        this.#lines.delete(address);
        if (lines.size > 0) this.#lines.set(address, lines);
        this.#note(-1);
        return job ?? null;
      }
    }
    return null;
  }

  #note(change: number): void {
    this.#waiting += change;
    planningWaiting.set(this.#waiting);
  }
}
