import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createGateway } from '@souk/gateway/app';
import { readConfig as readGateway } from '@souk/gateway/config';
import { gatewayOptions } from '@souk/gateway/options';
import { queuesPath } from '@souk/gateway/http/queue-dashboard-page';
import { openRateLimits } from '@souk/gateway/limits/rate-store';
import { readCacheOn, signalsOfReads } from '@souk/gateway/cache/cache-store';
import { originOf } from '@souk/shared/listen-host';
import { createLog } from '@souk/shared/log';
import { subgraphNames } from '@souk/shared/message';
import type { SubgraphName } from '@souk/shared/message';
import { createQueueDashboard } from '@souk/shared/queue/queue-dashboard';
import { startTracing } from '@souk/shared/tracing-sdk';
import { readAccounts } from './accounts.js';
import type { AccountFacts } from './banner.js';
import { addressOf, banner } from './banner.js';
import type { LauncherConfig } from './config.js';
import { fillDemo } from './demo/demo.js';
import { gatewayEnvironment, inOneProcess } from './environments.js';
import type { Addresses } from './environments.js';
import { requirePort, unusedPorts } from './free-port.js';
import { describeStores, openRuntime } from './runtime.js';
import type { Runtime } from './runtime.js';
import { startSimulator } from './simulator.js';
import type { LocalSimulator } from './simulator.js';
import type { ReadyMessage } from './signals.js';
import { openSubgraphs } from './subgraphs.js';
import type { Teardown } from './teardown.js';

/** Time for running requests at shutdown; workers and stores need the rest of the 5 s. */
const gatewayGraceMs = 2_000;

const supergraphFile = path.join(__dirname, '..', '..', 'gateway', 'supergraph.graphql');

/**
 * Runs all of Souk in this process. Everything opened is registered with `teardown`, which closes it in order: gateway,
 * subgraphs with their workers, queue, simulator, database.
 * @returns the banner, and where it can be reached
 */
export async function startStandalone(
  config: LauncherConfig,
  teardown: Teardown,
  report: (line: string) => void,
): Promise<{ banner: string; addresses: Omit<ReadyMessage, 'type'> }> {
  const startedAt = performance.now();
  // Other components need the address before the gateway listens.
  const port = config.port === 0 ? await unusedPorts(1) : config.port;
  await requirePort(config.host, port, 'PORT');
  if (config.metrics.port !== null) await requirePort(config.host, config.metrics.port, 'METRICS_PORT');
  if (!config.stripe && config.simulatorPort !== null)
    await requirePort(config.simulatorHost, config.simulatorPort, 'SIMULATOR_PORT');
  const log = createLog('souk', config.logLevel);

  const gatewayLog = log.child({ part: 'gateway' });
  const tracing = startTracing({ service: 'souk', endpoint: config.otlpEndpoint });
  await teardown.open(tracing, (end) => end());

  const runtime = await teardown.open(openRuntime(config, report), (opened) => opened.close());
  const gatewayOrigin = originOf(config.host, port);
  const simulator = config.stripe ? null : await openSimulator(config, runtime, log, teardown);
  const addresses = addressesOf(gatewayOrigin, simulator);
  const settings = readGateway(inOneProcess(gatewayEnvironment(config, runtime, addresses)));
  const { policyClaim } = settings;
  const {
    apps,
    verifyToken,
    revocations,
    settings: systemSettings,
    queues,
  } = await openSubgraphs(config, runtime, addresses, {
    policyClaim,
    log,
    teardown,
  });

  const rateLimits = await openRateLimits(
    settings,
    gatewayLog,
    (close) => {
      void teardown.add(async () => close());
    },
    true,
  );
  const gateway = await createGateway({
    ...gatewayOptions(settings),
    supergraphSdl: readFileSync(supergraphFile, 'utf8'),
    subgraphs: Object.fromEntries(apps.map(({ name, execute }) => [name, execute])),
    subscribers: Object.fromEntries(apps.map(({ name, subscribe }) => [name, subscribe])),
    verifyToken,
    revocations,
    settings: systemSettings,
    gatewaySecret: runtime.secrets.gatewaySecret,
    refreshCookieSubgraph: 'account',
    log: gatewayLog,
    rateLimits,
    // A single process needs no shared cache.
    readCache:
      settings.readCacheBytes === 0
        ? null
        : readCacheOn(
            null,
            settings.readCacheBytes,
            signalsOfReads((name) => queues.changes(name)),
          ),
    queueBoard: createQueueDashboard(() => Promise.resolve(queues), queuesPath),
    routers: [
      ...apps.flatMap(({ router, paths = [] }) => (router ? [{ path: '/', router, paths }] : [])),
      ...(simulator ? [{ path: '/_simulator', router: simulator.controls }] : []),
    ],
  });
  await teardown.add(() => gateway.close(gatewayGraceMs));
  await Promise.all(apps.map((app) => app.start()));
  await gateway.listen();
  simulator?.setWebhookUrl(config.webhookUrl ?? `${gatewayOrigin}/webhooks/stripe`);

  await fillDemo(runtime.demo, runtime.admin, `${gatewayOrigin}/graphql`, report);
  const accounts = await readAccounts(config, runtime);
  const startedInMs = performance.now() - startedAt;
  return {
    banner: describe(config, runtime, { simulator, accounts, port, startedInMs }),
    addresses: {
      url: gatewayOrigin,
      simulator: simulator && { apiUrl: simulator.origin, controlsUrl: `${gatewayOrigin}/_simulator` },
    },
  };
}

async function openSimulator(
  config: LauncherConfig,
  runtime: Runtime,
  log: ReturnType<typeof createLog>,
  teardown: Teardown,
): Promise<LocalSimulator> {
  const simulatorLog = log.child({ part: 'stripe-simulator' });
  const simulator = await startSimulator(
    {
      host: config.simulatorHost,
      port: config.simulatorPort ?? 0,
      dataDir: config.dataDir,
      webhookSecret: runtime.secrets.stripeWebhookSecret,
    },
    (line) => simulatorLog.info(line),
  );
  await teardown.add(() => simulator.close());
  return simulator;
}

/** Subgraphs have no HTTP server in one process, so their addresses are the gateway's. */
function addressesOf(gateway: string, simulator: LocalSimulator | null): Addresses {
  const origins = Object.fromEntries(subgraphNames.map((name) => [name, gateway]));
  return {
    gateway,
    origins: origins as Record<SubgraphName, string>,
    simulator: simulator?.origin ?? null,
  };
}

/** The facts of one start. */
interface StartedParts {
  simulator: LocalSimulator | null;
  accounts: AccountFacts;
  port: number;
  startedInMs: number;
}

function describe(
  config: LauncherConfig,
  runtime: Runtime,
  { simulator, accounts, port, startedInMs }: StartedParts,
): string {
  const address = addressOf(config, port);
  return banner({
    address,
    parts: [
      { what: 'gateway, subgraphs', where: `this process, ${process.pid}` },
      { what: 'card payments', where: simulator ? `Stripe simulator, ${simulator.origin}` : 'Stripe' },
      ...describeStores(config, runtime),
    ],
    simulatorPage: simulator ? `${address.origin}/_simulator` : null,
    accounts,
    notes: runtime.postgres?.notes ?? [],
    startedInMs,
  });
}
