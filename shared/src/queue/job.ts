import type { Json } from '../errors.js';
import type { Message } from '../message.js';

/** A message as it travels in a job. */
export interface CarriedMessage {
  name: string;
  body: Json;
  /** Tries in all, and which one this is; 1 is the first. */
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
    removeOnFail: number;
  };
}

/** Messages that one job carries at most. */
export const maxMessages = 100;

const defaultAttempts = 6;
const firstRetryMs = 150;
const longestRetryMs = 300_000;
/** Failed jobs that are kept, for somebody to look at. */
const maxFailedJobs = 1_000;
/**
 * A message that fails is tried again in a job of its own. The job it came in is tried again only where that one could
 * not be sent: the queue itself is in trouble, and nothing is to be given up for that.
 */
const jobAttempts = 1_000;

/** A message as it is first sent. */
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
        removeOnFail: maxFailedJobs,
      },
    });
  }
  return jobs;
}

/**
 * How long a message rests after a try that failed, in milliseconds: exponential backoff with full jitter.
 * Source: Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 */
export function retryDelayMs(attempt: number, random: () => number = Math.random): number {
  return Math.ceil(random() * Math.min(firstRetryMs * 2 ** (attempt - 1), longestRetryMs));
}
