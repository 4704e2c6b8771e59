import express from 'express';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tokenVerifier } from '../auth/access-token.js';
import { remoteRevocations } from '../auth/ended-sessions.js';
import { gatewaySecretHeader, sameSecret } from '../auth/gateway-secret.js';
import type { KeySource } from '../auth/keys.js';
import { accountStates } from '../contracts/account.js';
import { observeState } from '../notifications/state-notifications.js';
import { remoteState } from '../replication/remote-state.js';
import { SettingsReplica } from '../replication/settings-replica.js';
import type { StateSources } from '../replication/state-replica.js';
import { noStoredSettings } from '../system-setting.js';
import { Cancellation, ClientGone } from '../cancellation.js';
import { systemClock } from '../clock.js';
import type { DataSourceOptions } from '../db/data-source.js';
import { openDataSource } from '../db/data-source.js';
import { databaseUrl } from '../postgres.js';
import { postgresProblem } from '../postgres-check.js';
import type { Log } from '../log.js';
import { createLog } from '../log.js';
import type { SubgraphName } from '../message.js';
import { connectQueues } from '../queue/connection.js';
import type { QueueStore } from '../queue-store.js';
import { redisProblem } from '../redis.js';
import type { StoreCheck } from '../store-check.js';
import { requireStores } from '../store-check.js';
import { MessageSender } from '../queue/message-sender.js';
import { startTracing } from '../tracing-sdk.js';
import type { SubgraphApp, SubgraphDependencies } from './app.js';
import type { SentEvents } from './event-stream.js';
import { eventStreamDefaults, sendEvents, wantsEvents } from './event-stream.js';
import type { ProcessEnvironment } from './process-environment.js';
import { defaultRequestLimits } from './request-work.js';
import type { SubgraphRequest } from './subgraph-request.js';
import { eventsOf } from './subscription.js';
import { metricsEndpoint } from './metrics-endpoint.js';

/** The description of a subgraph that its `main.ts` provides. */
export interface SubgraphProcess {
  name: SubgraphName;
  environment: ProcessEnvironment;
  /** The subgraph's own database; souk_<name> on DATABASE_URL when left out. */
  ownDatabaseUrl: string | undefined;
  store: Pick<DataSourceOptions, 'entities' | 'migrations'>;
  /** The keys that verify access tokens, where the process has them itself. */
  keys: (environment: ProcessEnvironment) => KeySource;
  /** Whether the subgraph owns the sessions and the system settings. The others have replicas of them. */
  knowsSessions?: boolean;
  createApp: (dependencies: SubgraphDependencies) => Promise<SubgraphApp>;
  /** Any URL of owners of states that the subgraph copies, beside account. */
  stateOwners?: Partial<Record<SubgraphName, string>>;
  /** Stores that this subgraph alone uses. */
  furtherStores?: readonly StoreCheck[];
}

/** Stores may start at the same time as this process. */
const storePatienceMs = 10_000;

/** The addresses of the databases, in an environment in which `processProblems` found nothing. */
function databaseUrls({
  name,
  ownDatabaseUrl,
  environment,
}: Pick<SubgraphProcess, 'name' | 'ownDatabaseUrl' | 'environment'>): {
  own: string;
  queue: QueueStore;
} {
  const { DATABASE_URL: server, QUEUE_DATABASE_URL: queue, REDIS_URL: redisUrl } = environment;
  const own = ownDatabaseUrl ?? (server && databaseUrl(server, `souk_${name}`));
  const postgresUrl = queue ?? (server && databaseUrl(server, 'souk_queue'));
  if (!own || (!redisUrl && !postgresUrl))
    throw new Error('The environment was not checked by processProblems().');
  return { own, queue: redisUrl ? { redisUrl } : { postgresUrl: postgresUrl ?? '' } };
}

/** Checks of the subgraph's database and of the queue, under the names of the variables that are set. */
function storeChecks(process_: SubgraphProcess): StoreCheck[] {
  const { name, environment, ownDatabaseUrl, furtherStores = [] } = process_;
  const { own, queue } = databaseUrls(process_);
  const ownVariable = ownDatabaseUrl ? `${name.toUpperCase()}_DATABASE_URL` : 'DATABASE_URL';
  const queueVariable = environment.QUEUE_DATABASE_URL ? 'QUEUE_DATABASE_URL' : 'DATABASE_URL';
  return [
    { variable: ownVariable, find: () => postgresProblem(ownVariable, own) },
    'redisUrl' in queue
      ? { variable: 'REDIS_URL', find: () => redisProblem(queue.redisUrl) }
      : { variable: queueVariable, find: () => postgresProblem(queueVariable, queue.postgresUrl) },
    ...furtherStores,
  ];
}

/** A subgraph that is running in a process of its own. */
export interface RunningSubgraph {
  /** The port that it listens on. */
  port: number;
  close(): Promise<void>;
}

/** Runs a subgraph in this process: API and worker. @throws ConfigurationError if its stores cannot be used */
export async function runSubgraph(process_: SubgraphProcess): Promise<RunningSubgraph> {
  const { name, environment } = process_;
  const log = createLog(name, environment.LOG_LEVEL);
  const urls = databaseUrls(process_);
  await requireStores(storeChecks(process_), storePatienceMs);
  const endpoint = environment.OTEL_EXPORTER_OTLP_ENDPOINT;
  const endTracing = await startTracing({ service: `souk-${name}`, endpoint });
  const source = await openDataSource({
    url: urls.own,
    applicationName: `souk-${name}`,
    poolSize: environment.DATABASE_POOL,
    ...process_.store,
  });
  const queues = await connectQueues(urls.queue, log);
  const sender = new MessageSender(queues);
  const { ACCOUNT_URL: account = environment.JWKS_URL, GATEWAY_SECRET: secret } = environment;
  const states: StateSources = (state) => ({
    read: remoteState(state, process_.stateOwners?.[state.owner] ?? account, {
      [gatewaySecretHeader]: secret,
    }),
    observe: observeState(queues.changes(state.owner), state),
  });
  const revocations = process_.knowsSessions ? null : remoteRevocations(name, account, secret, log);
  const settings = process_.knowsSessions
    ? null
    : new SettingsReplica(name, states(accountStates.systemSettings), log);
  const app = await process_.createApp({
    source,
    queues,
    sender,
    verifyToken: tokenVerifier(process_.keys(environment), revocations),
    gatewaySecret: environment.GATEWAY_SECRET,
    clock: systemClock,
    log,
    settings: settings ?? noStoredSettings,
    states,
    concurrency: environment.WORKER_CONCURRENCY,
    limits: { ...defaultRequestLimits, maxObjects: environment.MAX_OBJECTS },
  });
  const streams = new Set<SentEvents>();
  const server = await listen(app, environment, streams, log);
  await app.start();
  log.info({ host: environment.HOST, port: environment.PORT, queue: queues.kind }, `${name} is up`);
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        // Without a last event, since they have not completed.
        for (const stream of streams) stream.cut();
      });
      await Promise.all([app.close(), revocations?.close(), settings?.close()]);
      await sender.close();
      await queues.close();
      await endTracing();
    },
  };
}

async function listen(
  app: SubgraphApp,
  {
    GATEWAY_SECRET: gatewaySecret,
    PORT: listenPort,
    HOST: host,
    METRICS_TOKEN: metricsToken,
  }: Pick<ProcessEnvironment, 'GATEWAY_SECRET' | 'PORT' | 'HOST' | 'METRICS_TOKEN'>,
  streams: Set<SentEvents>,
  log: Log,
): Promise<Server> {
  const http = express();
  http.disable('x-powered-by');
  http.get('/health/live', (_request, response) => {
    response.json({ live: true });
  });
  http.get('/health/ready', async (_request, response) => {
    const reasons = await app.unreadyReasons();
    if (reasons.length > 0) log.warn({ reasons }, 'not ready');
    response.status(reasons.length === 0 ? 200 : 503).json({ ready: reasons.length === 0, reasons });
  });
  http.get('/metrics', metricsEndpoint(metricsToken ?? null));
  if (app.router) http.use(app.router);
  http.use((request, response, next) => {
    if (sameSecret(request.get(gatewaySecretHeader) ?? '', gatewaySecret)) next();
    else
      response.status(403).json({
        errors: [{ message: 'Only the gateway may call a subgraph.', extensions: { code: 'FORBIDDEN' } }],
      });
  });
  if (app.internalRouter) http.use(app.internalRouter);
  http.post('/graphql', express.json({ limit: '2mb' }), async (request, response) => {
    const { query, variables, operationName } = request.body as Omit<SubgraphRequest, 'headers'>;
    const headers = request.headers as SubgraphRequest['headers'];
    const operation = { query, variables, operationName, headers };
    if (!wantsEvents(request.get('accept'))) {
      const cancellation = new Cancellation();
      response.once('close', () => cancellation.cancel(new ClientGone()));
      response.json(await app.execute({ ...operation, cancellation }));
      return;
    }
    const onFault = (error: unknown): void =>
      log.error({ err: error, operation: operationName }, 'a stream failed');
    const events = eventsOf(await app.subscribe(operation));
    const keeping = { ...eventStreamDefaults, onFault };
    const sent: SentEvents = sendEvents(response, events, JSON.stringify, keeping, () => {
      streams.delete(sent);
    });
    streams.add(sent);
  });
  const server = createServer(http);
  // Longer than the gateway's idle timeout, so that it never writes on a connection that closes.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(listenPort, host, resolve);
  });
  return server;
}
