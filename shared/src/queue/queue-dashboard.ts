import type { RequestHandler } from 'express';
import type { Queue } from 'bullmq';
import { subgraphNames } from '../message.js';
import type { JobQueue, QueueConnection } from './connection.js';
import type { CarriedMessage } from './job.js';

/** A page that shows the queues with their waiting, active and failed jobs. The host restricts access to it. */
export interface QueueDashboard {
  /** To be mounted at the dashboard's path. */
  readonly handler: RequestHandler;
  /** Closes its queues; the owner closes the connection. */
  close(): Promise<void>;
}

interface OpenDashboard {
  handler: RequestHandler;
  queues: readonly JobQueue[];
}

/**
 * The queues of all subgraphs, read only. Connects and loads at the first request.
 * @param path where it is mounted, without a trailing slash
 */
export function createQueueDashboard(connect: () => Promise<QueueConnection>, path: string): QueueDashboard {
  let opening: Promise<OpenDashboard> | null = null;
  return {
    handler: async (request, response, next) => {
      opening ??= openDashboard(connect, path).catch((error: unknown) => {
        opening = null;
        throw error;
      });
      const { handler } = await opening;
      await handler(request, response, next);
    },
    close: async () => {
      const board = await opening?.catch(() => null);
      await Promise.allSettled(board?.queues.map((queue) => queue.close()) ?? []);
    },
  };
}

async function openDashboard(connect: () => Promise<QueueConnection>, path: string): Promise<OpenDashboard> {
  const [connection, { createBullBoard }, { BullMQAdapter }, { ExpressAdapter }] = await Promise.all([
    connect(),
    import('@bull-board/api'),
    import('@bull-board/api/bullMQAdapter'),
    import('@bull-board/express'),
  ]);
  const queues = subgraphNames.map((name) => connection.queue(name));
  const server = new ExpressAdapter();
  server.setBasePath(path);
  createBullBoard({
    queues: queues.map((queue) => {
      const adapter = new BullMQAdapter(queue as Queue, { readOnlyMode: true });
      adapter.setFormatter('data', envelopesOf);
      // On PostgreSQL, BullMQ finds workers by their listening connections. Ours share one, so the workers are unknown.
      if (connection.kind === 'postgres') adapter.getWorkers = () => Promise.resolve(null);
      return adapter;
    }),
    serverAdapter: server,
    options: { uiConfig: { boardTitle: 'Souk queues' } },
  });
  return { handler: server.getRouter() as RequestHandler, queues };
}

/** Fields that identify a message: none is secret or personal. */
const envelopeKeys = [
  'sagaId',
  'transactionId',
  'step',
  'direction',
  'command',
  'position',
  'replyTo',
] as const;

/**
 * A job's messages without their bodies, which hold addresses, payment methods, and secrets of pending mails, with
 * which a reader could sign in as another user.
 */
export function envelopesOf(data: unknown): Record<string, unknown>[] {
  if (!Array.isArray(data)) return [];
  return (data as CarriedMessage[]).map(({ name, attempt, attempts, lane, body }) => ({
    name,
    attempt,
    attempts,
    ...(lane !== undefined && { lane }),
    ...(isRecord(body)
      ? Object.fromEntries(envelopeKeys.flatMap((key) => (body[key] === undefined ? [] : [[key, body[key]]])))
      : {}),
  }));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
