import type { Json } from '../errors.js';
import type { Message } from '../message.js';

/** A message in a job. `lane` is its partition key. */
export interface CarriedMessage {
  name: string;
  body: Json;
  /** Allowed attempts, and the number of this one; 1 is the first. */
  attempts: number;
  attempt: number;
  lane?: string;
}

/** A job: a wake-up that carries messages of one queue. */
export interface Job {
  name: 'messages';
  data: readonly CarriedMessage[];
  opts: {
    attempts: number;
    backoff: { type: 'exponential'; delay: number; jitter: number };
    delay?: number;
    removeOnComplete: boolean;
    removeOnFail: { count: number; age: number };
    sizeLimit: number;
  };
}

/** Maximum number of messages in a job. */
export const maxMessages = 100;

/**
 * Maximum size of a job, in bytes of JSON, on either backend. The largest legitimate message, an order of 10,000 seats, has
 * half a megabyte.
 */
export const maxJobBytes = 8_000_000;

const defaultAttempts = 6;
const firstRetryMs = 150;
const longestRetryMs = 300_000;
/** Failed jobs that are retained for inspection, of each queue; `age` in seconds. Messages may have personal data. */
const failedJobs = { count: 1_000, age: 30 * 86_400 };
/**
 * A failed message is retried in a job of its own. The job that carried it is retried only if that one could not be
 * sent: then the queue itself is unavailable, and no message may be given up.
 */
const jobAttempts = 1_000;

/** A message for its first attempt. */
export function carried({ name, body, attempts, lane }: Message): CarriedMessage {
  return {
    name,
    body,
    attempts: attempts ?? defaultAttempts,
    attempt: 1,
    ...(lane !== undefined && { lane }),
  };
}

/** The jobs that carry the messages, in order. */
export function jobsOf(messages: readonly CarriedMessage[], delayMs = 0): Job[] {
  const jobs: Job[] = [];
  for (let from = 0; from < messages.length; from += maxMessages) {
    jobs.push({
      name: 'messages',
      data: messages.slice(from, from + maxMessages),
      opts: {
        attempts: jobAttempts,
        backoff: { type: 'exponential', delay: firstRetryMs, jitter: 1 },
        ...(delayMs > 0 && { delay: delayMs }),
        removeOnComplete: true,
        removeOnFail: failedJobs,
        sizeLimit: maxJobBytes,
      },
    });
  }
  return jobs;
}

/**
 * Delay before the next attempt, in milliseconds: exponential backoff with full jitter. Source: Marc Brooker,
 * "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 */
export function retryDelayMs(attempt: number, random: () => number = Math.random): number {
  return Math.ceil(random() * Math.min(firstRetryMs * 2 ** (attempt - 1), longestRetryMs));
}
