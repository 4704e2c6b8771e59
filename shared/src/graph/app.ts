import type { Router } from 'express';
import { readFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import type { VerifyToken } from '../auth/access-token.js';
import type { Clock } from '../clock.js';
import type { Database } from '../db/database.js';
import { findDatabaseProblem } from '../db/database-readiness.js';
import { countSetAsideEvents, deleteOldCursors } from '../db/event-cursor.js';
import { oldestEvent } from '../db/event-outbox.js';
import { deleteOldSetAside } from '../db/set-aside-retention.js';
import { deleteOldKeys } from '../db/idempotency.js';
import { receiveConfirmations } from '../events/event-publication.js';
import type { Log } from '../log.js';
import type { SubgraphName } from '../message.js';
import type { JobQueue, QueueConnection } from '../queue/connection.js';
import type { MessageSender } from '../queue/message-sender.js';
import type { StateReplica, StateSources } from '../replication/state-replica.js';
import type { SystemSettings } from '../system-setting.js';
import type { Schedule } from '../queue/schedule.js';
import { everyHour, registerSchedules, scheduleHandlers } from '../queue/schedule.js';
import type { MessageHandlers } from '../queue/message-worker.js';
import { MessageWorker } from '../queue/message-worker.js';
import { deleteOldOutcomes } from '../db/inbox-age.js';
import { readAtScrape } from '../telemetry.js';
import { openChild, traceHeader, within } from '../tracing.js';
import { IntervalJob } from '../async/interval-job.js';
import type { RequestContext } from './context.js';
import { graphError } from './errors.js';
import type { ReadinessCheck } from './readiness.js';
import { Readiness, readinessHeader } from './readiness.js';
import type { RequestLimits } from './request-work.js';
import type { NotImplemented, ResolverMap } from './schema.js';
import { loadSchema } from './schema.js';
import type { SubgraphExecutor, SubgraphSubscriber } from './server.js';
import type { SubgraphRequest } from './subgraph-request.js';
import { createSubgraphServer } from './server.js';

/** The open connections and settings that every subgraph receives from its process. */
export interface SubgraphDependencies {
  source: DataSource;
  queues: QueueConnection;
  sender: MessageSender;
  verifyToken: VerifyToken;
  gatewaySecret: string | null;
  clock: Clock;
  log: Log;
  settings: SystemSettings;
  /** The states of other subgraphs. */
  states: StateSources;
  /** Messages handled at once. */
  concurrency: number;
  /** The limits of one request; `defaultRequestLimits` when left out. */
  limits?: RequestLimits;
}

/** A subgraph, ready to be served over HTTP or called as a function. */
export interface SubgraphApp {
  name: SubgraphName;
  execute: SubgraphExecutor;
  subscribe: SubgraphSubscriber;
  /** HTTP endpoints beside GraphQL, at the same paths as at the gateway; null where there are none. */
  router: Router | null;
  /** Paths of `router` that the gateway's first page lists; none when left out. */
  paths?: readonly string[];
  /** Internal HTTP endpoints, served only with the gateway's secret; null where there are none. */
  internalRouter: Router | null;
  /** The reasons why the subgraph cannot serve requests; none if it can. */
  unreadyReasons(): Promise<readonly string[]>;
  /** Starts the worker and the sweeps. */
  start(): Promise<void>;
  /**
   * Drains the worker, the sweeps, the relay and the database, in this order. The owner closes the queue connection.
   */
  close(): Promise<void>;
}

/** A copy of a state, which the app starts and closes. */
export type Replica = Pick<StateReplica<never>, 'start' | 'close'>;

/** The parts that differ between subgraphs. */
export interface SubgraphParts<Context extends RequestContext> {
  name: SubgraphName;
  /** The file with the subgraph's own SDL. */
  sdlFile: string;
  resolvers: ResolverMap;
  notImplemented: NotImplemented;
  contextOf: (request: RequestContext) => Context;
  database: Database;
  /** For retention periods. */
  settings: SystemSettings;
  handlers: MessageHandlers;
  /** Work at certain times, once for all processes: clean-up, reminders, digests. It waits while the queue is away. */
  schedules?: readonly Schedule[];
  /** Sweeps that every process runs and that work without the queue, beside the sweep of the outbox. */
  tasks?: readonly { name: string; intervalMs: number; run: () => Promise<unknown> }[];
  router?: Router;
  paths?: readonly string[];
  internalRouter?: Router;
  /** Copies of other subgraphs' states in this subgraph's database; read from the start to the end of the app. */
  replicas?: readonly Replica[];
  /** Further conditions of readiness, beside the database. */
  readiness?: readonly ReadinessCheck[];
}

const outboxSweepMs = 1_000;
const eventSweepMs = 5_000;
const registerSchedulesMs = 60_000;

/** Assembles a subgraph. */
export function assembleSubgraph<Context extends RequestContext>(
  dependencies: Omit<SubgraphDependencies, 'settings' | 'states'>,
  parts: SubgraphParts<Context>,
): Promise<SubgraphApp> {
  const { log } = dependencies;
  const { database, replicas = [] } = parts;
  const server = createSubgraphServer({
    schema: loadSchema(readFileSync(parts.sdlFile, 'utf8'), parts.resolvers, parts.notImplemented),
    contextOf: parts.contextOf,
    verifyToken: dependencies.verifyToken,
    gatewaySecret: dependencies.gatewaySecret,
    log,
    limits: dependencies.limits,
  });
  const tasks = [
    { name: 'outbox', intervalMs: outboxSweepMs, run: () => database.sweepOutbox() },
    { name: 'events', intervalMs: eventSweepMs, run: () => database.sweepEvents() },
    { name: 'schedules', intervalMs: registerSchedulesMs, run: () => register() },
    ...(parts.tasks ?? []),
  ].map((task) => new IntervalJob(`${parts.name} ${task.name}`, task.intervalMs, task.run, log));
  const schedules: Schedule[] = [
    { name: 'event cursors', cron: everyHour, run: () => deleteOldCursors(database.reader) },
    {
      name: 'inbox',
      cron: everyHour,
      run: () =>
        deleteOldOutcomes(
          database.reader,
          dependencies.clock.now(),
          parts.settings.get('retention.messageDays'),
        ),
    },
    {
      name: 'messages set aside',
      cron: everyHour,
      run: () =>
        deleteOldSetAside(
          database.reader,
          dependencies.clock.now(),
          parts.settings.get('retention.messageDays'),
        ),
    },
    { name: 'idempotency keys', cron: everyHour, run: () => deleteOldKeys(database.reader) },
    ...(parts.schedules ?? []),
  ];
  let scheduleQueue: JobQueue | null = null;
  const register = async (): Promise<void> => {
    if (scheduleQueue) await registerSchedules(scheduleQueue, schedules, log);
  };
  const readiness = new Readiness([
    () => findDatabaseProblem(dependencies.source),
    ...(parts.readiness ?? []),
  ]);
  const handlers = {
    ...receiveConfirmations(database),
    ...scheduleHandlers(schedules),
    ...parts.handlers,
  };
  let worker: MessageWorker | null = null;
  let forgetReadings: (() => void)[] = [];
  const traced = <Value>({ headers }: SubgraphRequest, work: () => Promise<Value>): Promise<Value> =>
    within(openChild(`${parts.name} graphql`, { parent: headers[traceHeader], kind: 'SERVER' }), work);
  return Promise.resolve({
    name: parts.name,
    execute: async (request) => {
      const result = await traced(request, () => server.execute(request));
      if (request.headers[readinessHeader] === undefined || result.errors) return result;
      const reasons = await readiness.reasons();
      if (reasons.length === 0) return result;
      return { errors: [graphError('SERVICE_UNAVAILABLE', reasons.join('; ')).toJSON()] };
    },
    subscribe: (request) => traced(request, () => server.subscribe(request)),
    router: parts.router ?? null,
    paths: parts.paths ?? [],
    internalRouter: parts.internalRouter ?? null,
    unreadyReasons: () => readiness.reasons(),
    start: async () => {
      worker = new MessageWorker(dependencies.queues, parts.name, handlers, {
        concurrency: dependencies.concurrency,
        log,
      });
      await worker.ready();
      scheduleQueue = dependencies.queues.queue(parts.name);
      // Without the queue, the interval job registers them later.
      await register().catch((error: unknown) =>
        log.warn({ err: error }, 'schedules are not registered yet'),
      );
      for (const task of tasks) task.start();
      // Not awaited: a copy from before is in use meanwhile, and owners may start later.
      for (const replica of replicas) void replica.start();
      forgetReadings = [
        readAtScrape('outboxOldest', parts.name, () => database.oldestInOutbox()),
        readAtScrape('outboxSetAside', parts.name, () => database.setAsideInOutbox()),
        readAtScrape('eventsOldest', parts.name, () => oldestEvent(database.reader)),
        readAtScrape('eventsSetAside', parts.name, () => countSetAsideEvents(database.reader)),
      ];
    },
    close: async () => {
      for (const forget of forgetReadings) forget();
      await worker?.close();
      await Promise.all([...tasks.map((task) => task.stop()), ...replicas.map((replica) => replica.close())]);
      await scheduleQueue?.close();
      await database.close();
    },
  });
}
