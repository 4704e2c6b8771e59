import type { VerifyToken } from '@souk/shared/auth/access-token';
import { tokenVerifier } from '@souk/shared/auth/access-token';
import type { Revocations } from '@souk/shared/auth/ended-sessions';
import { remoteRevocations } from '@souk/shared/auth/ended-sessions';
import { gatewaySecretHeader } from '@souk/shared/auth/gateway-secret';
import { exchangingVerifier, remoteExchange } from '@souk/shared/auth/token-exchange';
import { remoteKeys } from '@souk/shared/auth/keys';
import { accountStates } from '@souk/shared/contracts/account';
import type { Log } from '@souk/shared/log';
import { createLog } from '@souk/shared/log';
import type { NotificationConnection } from '@souk/shared/notifications/notification-connection';
import { observeState } from '@souk/shared/notifications/state-notifications';
import { remoteState } from '@souk/shared/replication/remote-state';
import { SettingsReplica } from '@souk/shared/replication/settings-replica';
import type { QueueDashboard } from '@souk/shared/queue/queue-dashboard';
import { createQueueDashboard } from '@souk/shared/queue/queue-dashboard';
import type { QueueStore } from '@souk/shared/queue-store';
import type { QueueConnection } from '@souk/shared/queue/connection';
import type { RedisCache } from '@souk/shared/cache/redis-cache';
import { startTracing } from '@souk/shared/tracing-sdk';
import { runUntilSignal } from '@souk/shared/wait-for-signal';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Gateway } from './app.js';
import { createGateway } from './app.js';
import type { Config } from './config.js';
import { readConfig } from './config.js';
import { uploadsPath } from './http/http-endpoints.js';
import type { ProxyRoute } from './http/reverse-proxy.js';
import { gatewayOptions } from './options.js';
import { queuesPath } from './http/queue-dashboard-page.js';
import { openRateLimits } from './limits/rate-store.js';
import type { ReadCacheOptions } from './cache/cache-store.js';
import { readCacheOn, signalsOfReads } from './cache/cache-store.js';
import { readSupergraph } from './supergraph/supergraph.js';

const mailboxPath = '/dev/mailbox';
const jwksPath = '/.well-known/jwks.json';
const watchMs = 1_000;

type Close = () => Promise<void> | void;
type AddressOf = (name: string, path: string) => string;

runUntilSignal(async () => {
  const config = readConfig();
  const log = createLog('gateway', config.logLevel);
  const endTracing = await startTracing({
    service: 'souk-gateway',
    endpoint: config.otlpEndpoint ?? undefined,
  });
  const supergraphSdl = readFileSync(config.supergraphFile, 'utf8');
  const { subgraphs } = readSupergraph(supergraphSdl);
  const at: AddressOf = (name, path) => {
    const url = config.urls[name] ?? subgraphs.find((subgraph) => subgraph.name === name)?.url;
    if (url === undefined) throw new Error(`The supergraph has no subgraph ${name}.`);
    return new URL(path, url).href;
  };
  const closing: Close[] = [];
  const revocations = revocationsOf(config, at, log, closing);
  const isSouk = config.gatewaySecret !== null && subgraphs.some(({ name }) => name === 'account');
  const notifications = isSouk ? await notificationsOf(config, log, closing) : null;
  const settings = isSouk ? settingsOf(config, at, notifications, log, closing) : null;
  const gateway = await createGateway({
    ...gatewayOptions(config),
    supergraphSdl,
    subgraphs: null,
    urls: config.urls,
    verifyToken: verifier(config, at, revocations),
    revocations,
    settings,
    gatewaySecret: config.gatewaySecret,
    refreshCookieSubgraph: isSouk ? 'account' : null,
    log,
    forwards: config.gatewaySecret === null ? [] : forwards(config, at),
    validateSupergraph: true,
    queueBoard: board(config, log, closing),
    rateLimits: await openRateLimits(config, log, (close) => closing.push(close), settings !== null),
    readCache: await readCache(config, notifications, log, closing),
  });
  closing.push(reloadOnChange(config.supergraphFile, supergraphSdl, gateway, log));
  const port = await gateway.listen();
  log.info({ port, supergraph: config.supergraphFile }, 'the gateway is up');
  return {
    close: async () => {
      await Promise.all([gateway.close(), ...closing.map((close) => close())]);
      await endTracing();
    },
  };
});

/** With Souk's secret, account's keys and ended sessions; else the keys of JWKS_URL, or no tokens at all. */
function verifier(config: Config, at: AddressOf, revocations: Revocations | null): VerifyToken | null {
  const { jwksUrl, policyClaim } = config;
  if (!revocations) return jwksUrl === null ? null : tokenVerifier(remoteKeys(jwksUrl), null, policyClaim);
  const verify = tokenVerifier(remoteKeys(jwksUrl ?? at('account', jwksPath)), revocations, policyClaim);
  return exchangingVerifier(verify, remoteExchange(at('account', '/'), config.gatewaySecret ?? ''));
}

/** Null where no account knows of sessions: with another supergraph than ours. */
function revocationsOf(config: Config, at: AddressOf, log: Log, closing: Close[]): Revocations | null {
  if (config.gatewaySecret === null) return null;
  const revocations = remoteRevocations('gateway', at('account', '/'), config.gatewaySecret, log);
  closing.push(() => revocations.close());
  return revocations;
}

function forwards(config: Config, at: AddressOf): ProxyRoute[] {
  const routes: ProxyRoute[] = [
    { path: '/webhooks/stripe', url: at('payment', '/webhooks/stripe'), isSubgraph: true },
    { path: jwksPath, url: at('account', jwksPath), isSubgraph: true },
    { path: uploadsPath, url: at('catalog', uploadsPath), isSubgraph: true, streamsBody: true },
    { path: '/media', url: at('catalog', '/media'), isSubgraph: true },
    { path: '/notifications', url: at('social', '/notifications'), isSubgraph: true },
    { path: '/tickets', url: at('order', '/tickets'), isSubgraph: true },
    ...(config.production ? [] : [{ path: mailboxPath, url: at('social', mailboxPath), isSubgraph: true }]),
  ];
  if (config.simulatorUrl === null) return routes;
  const url = new URL('/_simulator', config.simulatorUrl).href;
  return [...routes, { path: '/_simulator', url, isSubgraph: false }];
}

// Drivers are loaded only if a store is configured: they are a quarter of the code that a gateway loads.

/** Null without Souk's queues: with another supergraph, or without a configured store. */
function board(config: Config, log: Log, closing: Close[]): QueueDashboard | null {
  const store = queueStore(config);
  if (config.gatewaySecret === null || store === null) return null;
  let connecting: Promise<QueueConnection> | null = null;
  closing.push(async () => (await connecting?.catch(() => null))?.close());
  return createQueueDashboard(() => {
    connecting = import('@souk/shared/queue/connection').then(({ connectQueues }) =>
      connectQueues(store, log),
    );
    return connecting;
  }, queuesPath);
}

/** Where Souk's queues and signals are; null where nothing says it. */
function queueStore({ redisUrl, queueDatabaseUrl: postgresUrl }: Config): QueueStore | null {
  return redisUrl !== null ? { redisUrl } : postgresUrl !== null ? { postgresUrl } : null;
}

/** The change notifications of Souk's subgraphs; null where no store is configured. */
async function notificationsOf(
  config: Config,
  log: Log,
  closing: Close[],
): Promise<NotificationConnection | null> {
  const store = queueStore(config);
  if (!store) return null;
  const { connectNotifications } = await import('@souk/shared/notifications/notification-connection');
  const connection = connectNotifications(store, log);
  closing.push(() => connection.close());
  return connection;
}

/** Polls account for system settings; change notifications make it faster. */
function settingsOf(
  config: Config,
  at: AddressOf,
  notifications: NotificationConnection | null,
  log: Log,
  closing: Close[],
): SettingsReplica {
  const state = accountStates.systemSettings;
  const headers = { [gatewaySecretHeader]: config.gatewaySecret ?? '' };
  const settings = new SettingsReplica(
    'gateway',
    {
      read: remoteState(state, at('account', '/'), headers),
      observe: notifications ? observeState(notifications.changes('account'), state) : undefined,
    },
    log,
  );
  closing.push(() => settings.close());
  return settings;
}

/** On Redis for all gateways together, else in this process. Souk's subgraphs say what has changed. */
async function readCache(
  config: Config,
  notifications: NotificationConnection | null,
  log: Log,
  closing: Close[],
): Promise<ReadCacheOptions | null> {
  const { readCacheBytes, redisUrl } = config;
  if (readCacheBytes === 0) return null;
  let cache: RedisCache | null = null;
  if (redisUrl !== null) {
    const driver = await import('@souk/shared/cache/redis-cache');
    cache = driver.openRedisCache(redisUrl, { maxBytes: readCacheBytes }, log);
  }
  closing.push(() => cache?.close());
  return readCacheOn(cache, readCacheBytes, notifications ? signalsOfReads(notifications.changes) : {});
}

/** Serves the file as it is after each change; one that cannot be served is logged, and the last good one stays. */
function reloadOnChange(file: string, read: string, gateway: Gateway, log: Log): Close {
  let served = read;
  let running: Promise<void> = Promise.resolve();
  const reload = async (): Promise<void> => {
    try {
      const sdl = readFileSync(file, 'utf8');
      if (sdl === served) return;
      await gateway.reload(sdl);
      served = sdl;
      log.info({ file }, 'supergraph reloaded');
    } catch (error) {
      log.error({ err: error, file }, 'supergraph reload failed; the gateway keeps the last one');
    }
  };
  // Looking at the file, not waiting for events, sees files that are replaced, and mounts of containers too.
  watchFile(file, { interval: watchMs }, () => {
    running = running.then(reload);
  });
  // It may have changed since it was read: starting takes a while.
  running = running.then(reload);
  return () => unwatchFile(file);
}
