import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readConfig as readAccount } from '@souk/account/config';
import { readConfig as readCatalog } from '@souk/catalog/config';
import { readConfig as readGateway } from '@souk/gateway/config';
import { readConfig as readOrder } from '@souk/order/config';
import { readConfig as readPayment } from '@souk/payment/config';
import { ConfigurationError, misspelled } from '@souk/shared/env';
import { subgraphNames } from '@souk/shared/message';
import type { SubgraphName } from '@souk/shared/message';
import { readConfig as readSocial } from '@souk/social/config';
import { launcherVariables, readConfig } from './config.js';
import type { LauncherConfig } from './config.js';
import type { Addresses } from './environments.js';
import { gatewayEnvironment, inOneProcess, subgraphEnvironment } from './environments.js';
import type { Runtime } from './runtime.js';
import { packageVariables, variablesByPackage } from './package-configs.js';
import type { Topology } from './unused-variables.js';

// Each variable has the same effect under `npm start` and `npm run start:distributed`, or is refused by its name.

const pem = (type: 'ec' | 'ed25519'): string =>
  (type === 'ec'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('ed25519')
  ).privateKey
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();
const jwtKey = pem('ec');
const tokenKey = pem('ed25519');

const subgraphReaders: Record<SubgraphName, (environment: NodeJS.ProcessEnv) => object> = {
  account: readAccount,
  catalog: readCatalog,
  order: readOrder,
  payment: readPayment,
  social: readSocial,
};
const origins = Object.fromEntries(subgraphNames.map((name) => [name, 'http://127.0.0.1:4001']));
const addresses = {
  origins,
  gateway: 'http://127.0.0.1:4000',
  simulator: 'http://127.0.0.1:4010',
} as Addresses;

const vapidKey = Buffer.alloc(32, 7).toString('base64url');
const sms = {
  SMS_URL: 'https://sms.test',
  SMS_ACCOUNT: 'AC1',
  SMS_TOKEN: 'the token of the account',
  SMS_FROM: '+4915100000000',
};

/** A runtime as `openRuntime` returns it, without a database. */
function runtimeOf(config: LauncherConfig): Runtime {
  return {
    secrets: {
      jwtPrivateKey: jwtKey,
      mfaEncryptionKeys: config.secrets.mfaEncryptionKeys ?? 'the first key of this test',
      tokenSigningKey: tokenKey,
      gatewaySecret: config.secrets.gatewaySecret ?? 'a test gateway secret',
      stripeWebhookSecret: config.secrets.stripeWebhookSecret ?? 'whsec_of_the_house',
    },
    postgres: null,
    demo: { state: 'none' } as Runtime['demo'],
    admin: config.admin,
    databaseOf: (name) =>
      config.databases[name] ?? `${config.databaseUrl ?? 'postgres://embedded'}/souk_${name}`,
    close: () => Promise.resolve(),
  };
}

/** The settings of every package in a topology with an environment. */
function settings(topology: Topology, environment: NodeJS.ProcessEnv): Record<string, object> {
  const config = readConfig(topology, environment);
  const runtime = runtimeOf(config);
  const inTopology = topology === 'standalone' ? inOneProcess : (given: NodeJS.ProcessEnv) => given;
  const { environment: _given, ...launcher } = config;
  return {
    launcher: { ...launcher, secrets: config.secrets },
    gateway: readGateway(inTopology(gatewayEnvironment(config, runtime, addresses))),
    ...Object.fromEntries(
      subgraphNames.map((name) => [
        name,
        subgraphReaders[name](inTopology(subgraphEnvironment(name, config, runtime, addresses))),
      ]),
    ),
  };
}

/** The paths whose values an environment changes, and those values. */
function changes(topology: Topology, environment: NodeJS.ProcessEnv): Map<string, unknown> {
  const before = flat(settings(topology, {}));
  const after = flat(settings(topology, environment));
  return new Map([...after].filter(([key, value]) => String(before.get(key)) !== String(value)));
}

function flat(value: unknown, at = ''): Map<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map([[at, value]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [...flat(inner, `${at}${at && '.'}${key}`)]),
  );
}

interface Case {
  value: string;
  /** A setting that it changes, in both topologies to the same value. */
  changes?: string;
  /** Other variables that the case needs. */
  beside?: NodeJS.ProcessEnv;
  /** The topologies that refuse to start with it. */
  refusedBy?: readonly Topology[];
}

const both = ['standalone', 'distributed'] as const;
const database = 'postgres://db.test/one';
const stripe = { STRIPE_SECRET_KEY: 'sk_live_1', STRIPE_PUBLISHABLE_KEY: 'pk_live_1' };
const s3 = {
  CATALOG_S3_BUCKET: 'souk',
  CATALOG_S3_ENDPOINT: 'https://s3.test',
  CATALOG_S3_ACCESS_KEY_ID: 'key',
  CATALOG_S3_SECRET_ACCESS_KEY: 'secret',
};
const neo4j = { NEO4J_URL: 'bolt://graph.test:7687' };
const refused = (value: string): Case => ({ value, refusedBy: both });
const own = (name: string): Case => ({ value: database, changes: `launcher.databases.${name}` });
const documents = path.join(__dirname, '../../client/persisted-documents.json');

const cases: Readonly<Record<string, Case>> = {
  PORT: { value: '4100', changes: 'launcher.port' },
  HOST: { value: '0.0.0.0', changes: 'gateway.host' },
  DATA_DIR: { value: '/tmp/souk-data', changes: 'launcher.dataDir' },
  LOG_LEVEL: { value: 'debug', changes: 'gateway.logLevel' },
  NODE_ENV: { value: 'test', changes: 'catalog.NODE_ENV' },
  OTEL_EXPORTER_OTLP_ENDPOINT: { value: 'http://traces.test:4318', changes: 'gateway.otlpEndpoint' },

  DATABASE_URL: { value: 'postgres://db.test', changes: 'launcher.databaseUrl' },
  ACCOUNT_DATABASE_URL: own('account'),
  CATALOG_DATABASE_URL: own('catalog'),
  ORDER_DATABASE_URL: own('order'),
  PAYMENT_DATABASE_URL: own('payment'),
  SOCIAL_DATABASE_URL: own('social'),
  QUEUE_DATABASE_URL: { value: database, changes: 'gateway.queueDatabaseUrl' },
  GATEWAY_DATABASE_URL: { value: database, changes: 'gateway.databaseUrl' },
  DATABASE_FSYNC: { value: 'off', changes: 'launcher.databaseFsync' },
  REDIS_URL: { value: 'redis://redis.test', changes: 'gateway.redisUrl' },
  NEO4J_URL: { value: neo4j.NEO4J_URL, changes: 'social.NEO4J_URL' },
  NEO4J_USER: { value: 'souk', changes: 'social.NEO4J_USER', beside: neo4j },
  NEO4J_PASSWORD: { value: 'a password', changes: 'social.NEO4J_PASSWORD', beside: neo4j },
  SMTP_URL: { value: 'smtp://mail.test', changes: 'social.SMTP_URL' },
  MAIL_FROM: { value: 'Shop <shop@shop.test>', changes: 'social.MAIL_FROM' },
  SMS_URL: { value: sms.SMS_URL, changes: 'social.SMS_URL', beside: sms },
  SMS_ACCOUNT: { value: 'AC2', changes: 'social.SMS_ACCOUNT', beside: sms },
  SMS_TOKEN: { value: 'another token', changes: 'social.SMS_TOKEN', beside: sms },
  SMS_FROM: { value: '+4915100000001', changes: 'social.SMS_FROM', beside: sms },
  VAPID_PRIVATE_KEY: { value: vapidKey, changes: 'social.delivery.push.vapidPrivateKey' },
  VAPID_SUBJECT: {
    value: 'mailto:push@shop.test',
    changes: 'social.VAPID_SUBJECT',
    beside: { VAPID_PRIVATE_KEY: vapidKey },
  },
  DATABASE_POOL: { value: '7', changes: 'order.environment.DATABASE_POOL' },
  WORKER_CONCURRENCY: { value: '7', changes: 'catalog.WORKER_CONCURRENCY' },

  MAX_OBJECTS: { value: '7000', changes: 'social.MAX_OBJECTS' },

  GATEWAY_SECRET: { value: 'sixteen letters!', changes: 'gateway.gatewaySecret' },
  JWT_PRIVATE_KEY: { value: pem('ec'), changes: 'launcher.secrets.jwtPrivateKey' },
  MFA_ENCRYPTION_KEYS: {
    value: 'the second key of this test,the first key of this test',
    changes: 'account.MFA_ENCRYPTION_KEYS',
  },
  PASSKEY_RP_ID: {
    value: 'shop.test',
    changes: 'account.relyingParty.id',
    beside: { PUBLIC_URL: 'https://www.shop.test' },
  },
  PASSKEY_ORIGINS: {
    value: 'https://app.shop.test',
    changes: 'account.relyingParty.origins',
    beside: { PUBLIC_URL: 'https://shop.test' },
  },
  TOKEN_SIGNING_KEY: { value: pem('ed25519'), changes: 'launcher.secrets.tokenSigningKey' },
  TOKEN_VERIFICATION_KEYS: { value: pem('ed25519'), changes: 'order.tokenVerificationKeys' },
  ADMIN_EMAIL: {
    value: 'boss@souk.test',
    changes: 'account.ADMIN_EMAIL',
    beside: { ADMIN_PASSWORD: 'a long test password' },
  },
  ADMIN_PASSWORD: {
    value: 'a long test password',
    changes: 'account.ADMIN_PASSWORD',
    beside: { ADMIN_EMAIL: 'boss@souk.test' },
  },

  DEMO: { value: 'off', changes: 'launcher.demo' },

  STRIPE_SECRET_KEY: { value: 'sk_live_2', changes: 'payment.stripe.secretKey' },
  STRIPE_PUBLISHABLE_KEY: { value: 'pk_live_2', changes: 'payment.stripe.publishableKey', beside: stripe },
  STRIPE_WEBHOOK_SECRET: { value: 'whsec_given', changes: 'payment.stripe.webhookSecrets' },
  STRIPE_API_BASE: { value: 'http://stripe.test', changes: 'payment.stripe.apiBase', beside: stripe },
  PAYMENT_BANK_ACCOUNT: { value: 'an account', changes: 'payment.manual.BANK_TRANSFER' },
  PAYMENT_VIRTUAL_ACCOUNT_BANK: { value: 'a bank', changes: 'payment.manual.VIRTUAL_ACCOUNT' },
  PAYMENT_E_WALLET: { value: 'a wallet', changes: 'payment.manual.E_WALLET' },
  PAYMENT_DECLINES_PER_BUYER: { value: '7', changes: 'payment.limits.declinesPerBuyer' },
  PAYMENT_DECLINES_PER_ADDRESS: { value: '7', changes: 'payment.limits.declinesPerAddress' },
  PAYMENT_VERIFY_SECONDS: { value: '7', changes: 'payment.limits.verifyIntervalMs' },
  SIMULATOR_PORT: { value: '4099', changes: 'launcher.simulatorPort' },
  SIMULATOR_HOST: { value: '0.0.0.0', changes: 'launcher.simulatorHost' },
  WEBHOOK_URL: { value: 'http://relay.test', changes: 'launcher.webhookUrl' },

  ACCOUNT_URL: refused('http://account.test/graphql'),
  CATALOG_URL: refused('http://catalog.test/graphql'),
  ORDER_URL: refused('http://order.test/graphql'),
  PAYMENT_URL: refused('http://payment.test/graphql'),
  SOCIAL_URL: refused('http://social.test/graphql'),
  JWKS_URL: refused('http://account.test/jwks.json'),
  SIMULATOR_URL: refused('http://simulator.test'),
  FORWARD_SIMULATOR: refused('true'),
  DEMO_ACCOUNTS: refused('{"password":"p","accounts":[]}'),
  SUPERGRAPH_FILE: { value: 'any.graphql', refusedBy: ['standalone'] },

  CORS_ORIGINS: { value: 'https://shop.test', changes: 'gateway.corsOrigins' },
  INTROSPECTION: { value: 'false', changes: 'gateway.introspection' },
  TRUSTED_PROXIES: { value: '2', changes: 'gateway.trustedProxies' },
  RATE_LIMIT_PER_MINUTE: { value: '70', changes: 'gateway.rateLimitPerMinute' },
  LOGINS_PER_MINUTE: { value: '7', changes: 'gateway.loginsPerMinute' },
  ADDRESS_RATE_LIMIT_PER_MINUTE: { value: '70', changes: 'gateway.addressRateLimitPerMinute' },
  COST_PER_POINT: { value: '70', changes: 'gateway.costPerPoint' },
  MAX_EVENT_COST: { value: '70', changes: 'gateway.maxEventCost' },
  MAX_STREAMS_PER_ADDRESS: { value: '7', changes: 'gateway.maxStreamsPerAddress' },
  SOCKET_IDLE_MS: { value: '7000', changes: 'gateway.socketIdleMs' },
  METRICS_PORT: { value: '9464', changes: 'gateway.metrics.port' },
  METRICS_TOKEN: { value: 'a token of sixteen letters', changes: 'gateway.metrics.token' },
  HSTS_MAX_AGE: { value: '60', changes: 'gateway.hstsMaxAge' },
  POLICY_CLAIM: { value: 'may', changes: 'gateway.policyClaim' },
  TRUSTED_DOCUMENTS_FILE: { value: documents, changes: 'gateway.trustedDocumentsFile' },
  ONLY_TRUSTED_DOCUMENTS: {
    value: 'true',
    changes: 'gateway.onlyTrustedDocuments',
    beside: { TRUSTED_DOCUMENTS_FILE: documents },
  },
  MAX_BODY_BYTES: { value: '2000', changes: 'gateway.maxBodyBytes' },
  MAX_DEPTH: { value: '7', changes: 'gateway.maxDepth' },
  MAX_COST: { value: '700', changes: 'gateway.maxCost' },
  ASSUMED_LIST_SIZE: { value: '7', changes: 'gateway.assumedListSize' },
  SHARE_QUERIES: { value: 'false', changes: 'gateway.shareQueries' },
  JOIN_CALLS: { value: 'false', changes: 'gateway.joinCalls' },
  REFUSE_UNAUTHORIZED: { value: 'true', changes: 'gateway.refuseUnauthorized' },
  SUBGRAPH_TIMEOUT_MS: { value: '700', changes: 'gateway.subgraphTimeoutMs' },
  REQUEST_TIMEOUT_MS: { value: '700', changes: 'gateway.requestTimeoutMs' },
  MAX_PLAN_BYTES: { value: '7000000', changes: 'gateway.maxPlanBytes' },
  MAX_STREAMS: { value: '7', changes: 'gateway.maxStreams' },
  MAX_STREAMS_PER_CLIENT: { value: '7', changes: 'gateway.maxStreamsPerClient' },
  STREAM_PING_MS: { value: '7000', changes: 'gateway.streamPingMs' },
  SLOW_CLIENT_MS: { value: '700', changes: 'gateway.slowClientMs' },
  READ_CACHE_BYTES: { value: '7000', changes: 'gateway.readCacheBytes' },

  OIDC_ISSUERS: {
    value: '[{"issuer":"https://id.test","audience":"souk"}]',
    changes: 'account.OIDC_ISSUERS',
  },
  REGISTRATIONS_PER_HOUR: { value: '7', changes: 'account.REGISTRATIONS_PER_HOUR' },
  CATALOG_HOLD_MINUTES: { value: '7', changes: 'catalog.settings.holdMinutes' },
  CATALOG_HOLD_MAX_MINUTES: { value: '77', changes: 'catalog.settings.holdMaxMinutes' },
  CATALOG_HOLD_MAX_SEATS: { value: '7', changes: 'catalog.settings.holdMaxSeats' },
  CATALOG_HOLDERS_PER_NETWORK: { value: '7', changes: 'catalog.settings.holdersPerNetwork' },
  CATALOG_SCARCE_UNITS: { value: '7', changes: 'catalog.settings.scarceUnits' },
  CATALOG_SCARCE_HOLD_MINUTES: { value: '7', changes: 'catalog.settings.scarceHoldMinutes' },
  PUBLIC_URL: { value: 'https://shop.test', changes: 'catalog.media.publicUrl' },
  CATALOG_MEDIA_URL: { value: 'https://cdn.test/media', changes: 'catalog.media.mediaUrl' },
  CATALOG_MEDIA_DIR: { value: '/tmp/souk-media', changes: 'catalog.media.directory' },
  CATALOG_S3_BUCKET: { value: 'pictures', changes: 'catalog.media.s3.bucket', beside: s3 },
  CATALOG_S3_ENDPOINT: { value: 'https://s3.other.test', changes: 'catalog.media.s3.endpoint', beside: s3 },
  CATALOG_S3_REGION: { value: 'eu-central-1', changes: 'catalog.media.s3.region', beside: s3 },
  CATALOG_S3_ACCESS_KEY_ID: { value: 'other', changes: 'catalog.media.s3.accessKeyId', beside: s3 },
  CATALOG_S3_SECRET_ACCESS_KEY: { value: 'other', changes: 'catalog.media.s3.secretAccessKey', beside: s3 },
  CATALOG_IMAGE_MAX_BYTES: { value: '7000', changes: 'catalog.media.limits.maxBytes' },
  CATALOG_IMAGES_PER_DAY: { value: '7', changes: 'catalog.media.limits.perDay' },
  CATALOG_IMAGE_BYTES_PER_DAY: { value: '7000', changes: 'catalog.media.limits.bytesPerDay' },
  CATALOG_LOW_STOCK_THRESHOLD: { value: '7', changes: 'catalog.settings.lowStockThreshold' },
  CHECKOUT_PAYMENT_TIMEOUT_MINUTES: { value: '7', changes: 'order.paymentTimeoutMinutes' },
  CHECKOUT_MAX_FAILED_PER_HOUR: { value: '7', changes: 'order.maxFailedPerHour' },
  CHECKOUT_FAILED_DAYS: { value: '70', changes: 'order.failedDays' },
  CART_GUEST_DAYS: { value: '7', changes: 'order.guestCarts.days' },
  CART_GUESTS_PER_ADDRESS: { value: '7', changes: 'order.guestCarts.perAddress' },
  CART_GUESTS_PER_ADDRESS_AND_HOUR: { value: '7', changes: 'order.guestCarts.perAddressAndHour' },
  CHECKOUT_MAX_OPEN: { value: '7', changes: 'order.maxOpen' },
  CHECKOUT_MAX_OPEN_PER_BUYER: { value: '7', changes: 'order.maxOpenPerBuyer' },
};

const known = [...new Set([...launcherVariables, ...packageVariables])].sort();

test('every variable has a case, and every case has a variable', () => {
  expect(Object.keys(cases).sort()).toEqual(known);
});

test.each(Object.entries(cases).filter(([, { changes: key }]) => key !== undefined))(
  '%s has the same effect in one process and in many',
  (name, { value, changes: key = '', beside = {} }) => {
    const [one, many] = both.map((topology) => changes(topology, { ...beside, [name]: value }));
    expect([...(one?.keys() ?? [])]).toContain(key);
    expect(one?.get(key)).toEqual(many?.get(key));
  },
);

test('payment shows the timeout that order sets', () => {
  for (const topology of both) {
    const changed = changes(topology, { CHECKOUT_PAYMENT_TIMEOUT_MINUTES: '7' });
    expect(changed.get('payment.cardTimeoutMinutes')).toBe(7);
    expect(changed.get('order.paymentTimeoutMinutes')).toBe(7);
  }
});

test.each(
  Object.entries(cases).flatMap(([name, { value, refusedBy = [] }]) =>
    refusedBy.map((topology) => ({ name, value, topology })),
  ),
)('$name has no effect under $topology, and stops the start by its name', ({ name, value, topology }) => {
  expect(problems(topology, { [name]: value })).toContainEqual(
    expect.stringMatching(`^${name}: has no effect`),
  );
});

test.each([
  [{ ...stripe, SIMULATOR_PORT: '4099' }, 'SIMULATOR_PORT'],
  [{ ...stripe, WEBHOOK_URL: 'http://relay.test' }, 'WEBHOOK_URL'],
  [{ STRIPE_API_BASE: 'http://stripe.test' }, 'STRIPE_API_BASE'],
  [{ NEO4J_PASSWORD: 'alone' }, 'NEO4J_PASSWORD'],
  [{ DATABASE_URL: 'postgres://db.test', DATABASE_FSYNC: 'off' }, 'DATABASE_FSYNC'],
  [{ CATALOG_S3_REGION: 'eu-central-1' }, 'CATALOG_S3_REGION'],
  [{ ...s3, CATALOG_MEDIA_DIR: '/tmp' }, 'CATALOG_MEDIA_DIR'],
  [{ REDIS_URL: 'redis://redis.test', QUEUE_DATABASE_URL: database }, 'QUEUE_DATABASE_URL'],
  [{ REDIS_URL: 'redis://redis.test', GATEWAY_DATABASE_URL: database }, 'GATEWAY_DATABASE_URL'],
])('%j has a variable without effect', (environment, name) => {
  for (const topology of both)
    expect(problems(topology, environment)).toContainEqual(expect.stringMatching(`^${name}: has no effect`));
});

test('no variable of one package is taken for a misspelling of another package’s', () => {
  // Container orchestrators add variables for services of these names; they are no misspellings either.
  const added = [...subgraphNames, 'gateway', 'redis', 'postgres', 'neo4j'].flatMap((service) =>
    ['SERVICE_HOST', 'SERVICE_PORT', 'PORT', 'PORT_4001_TCP'].map((end) => `${service.toUpperCase()}_${end}`),
  );
  const everything = Object.fromEntries([...known, ...added, 'HOSTNAME'].map((name) => [name, 'set']));
  for (const own of variablesByPackage) expect(misspelled(everything, own)).toEqual([]);
});

test('documented variables and variables that are read are the same', () => {
  const documented = [
    '',
    'gateway/',
    'standalone/',
    'stripe-simulator/',
    ...subgraphNames.map((name) => `subgraphs/${name}/`),
  ].flatMap((folder) => tableNames(readFileSync(path.join(__dirname, '../..', folder, 'README.md'), 'utf8')));
  expect(known.filter((name) => !documented.includes(name))).toEqual([]);
  expect(documented.filter((name) => !known.includes(name))).toEqual([]);
});

/** The variables in the first columns of the tables whose head is "variable" or "name". */
function tableNames(markdown: string): string[] {
  const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
  return rows.flatMap((row) => {
    const [, first = ''] = row.split('|');
    const names = [
      ...first.matchAll(
        /(?:<SUBGRAPH>_)?\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b|\b(?:PORT|HOST|DEMO|INTROSPECTION)\b/g,
      ),
    ];
    return names.flatMap(([name]) =>
      name.startsWith('<SUBGRAPH>')
        ? subgraphNames.map((subgraph) => name.replace('<SUBGRAPH>', subgraph.toUpperCase()))
        : [name],
    );
  });
}

function problems(topology: Topology, environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(topology, environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}
