import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { variableNames as ofAccount } from '@souk/account/config';
import { variableNames as ofCatalog } from '@souk/catalog/config';
import { variableNames as ofGateway } from '@souk/gateway/config';
import { variableNames as ofOrder } from '@souk/order/config';
import { variableNames as ofPayment } from '@souk/payment/config';
import { variableNames as ofSocial } from '@souk/social/config';

// docker-compose.yml: who reaches whom, what a container may do, and whose secrets it is given.

interface Service {
  image: string;
  profiles?: string[];
  command?: string[];
  environment?: Record<string, string>;
  ports?: (string | { host_ip: string; published: string; target: number })[];
  networks?: string[];
  healthcheck?: { test: string[]; timeout: string };
  depends_on?: Record<string, { condition: string; required?: boolean }>;
  init?: boolean;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  mem_limit?: string;
  pids_limit?: number;
  logging?: { options: Record<string, string> };
}

const { services, networks } = parse(readFileSync(join(__dirname, '../../docker-compose.yml'), 'utf8'), {
  merge: true,
}) as { services: Record<string, Service>; networks: Record<string, { internal?: boolean } | null> };
const all = Object.entries(services);
const ours = all.filter(([, { image }]) => image === 'souk:latest');
const subgraphs = ['account', 'catalog', 'order', 'payment', 'social'];

test('the Souk services are the gateway, the subgraphs and the simulator', () => {
  expect(ours.map(([name]) => name).sort()).toEqual([...subgraphs, 'gateway', 'stripe-simulator'].sort());
});

test.each(all)('%s is bounded, gains no privileges and has an init', (_name, service) => {
  expect(service).toMatchObject({
    init: true,
    security_opt: ['no-new-privileges:true'],
    mem_limit: expect.stringMatching(/^\d+[mg]$/) as string,
    pids_limit: expect.any(Number) as number,
    logging: { options: { 'max-size': '10m' } },
  });
});

test.each(ours)('%s has a read-only root and no capabilities', (_name, service) => {
  expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
});

test('only the gateway is published, on loopback by default, and operator pages on loopback', () => {
  expect(all.filter(([, { ports }]) => ports).map(([name]) => name)).toEqual([
    'gateway',
    'prometheus',
    'grafana',
    'jaeger',
  ]);
  expect(services['gateway']?.ports).toEqual([
    { host_ip: '${PUBLISH_HOST:-127.0.0.1}', published: '${PORT:-4000}', target: 4000 },
  ]);
  // /metrics has a port that is not published.
  expect(services['gateway']?.environment?.['METRICS_PORT']).toBe('9464');
});

test('the services of each network', () => {
  const on = (network: string): string[] =>
    all.filter(([, service]) => service.networks?.includes(network)).map(([name]) => name);
  expect(all.filter(([, service]) => !service.networks)).toEqual([]);
  expect(on('database')).toEqual(['postgres', ...subgraphs]);
  expect(on('queue')).toEqual(['redis', ...subgraphs, 'gateway']);
  expect(on('graph')).toEqual(['neo4j', 'social']);
  expect(on('edge')).toEqual(['gateway']);
  // Of what is not a page for operators, only payment has a way out: to Stripe.
  const isClosed = (name: string): boolean => networks[name]?.internal === true;
  expect(Object.keys(networks).filter((name) => !isClosed(name))).toEqual(['edge', 'outside', 'operators']);
  expect(on('outside')).toEqual(['payment', 'social']);
});

test('payment calls Stripe unless the simulator’s secrets are set', () => {
  const payment = services['payment']?.environment ?? {};
  const simulator = services['stripe-simulator'];
  expect(simulator?.profiles).toEqual(['simulator']);
  expect(payment['STRIPE_API_BASE']).toBe('${SIMULATOR_SECRET_KEY:+http://stripe-simulator:4010}');
  expect(simulator?.environment?.['STRIPE_SECRET_KEY']).toBe('${SIMULATOR_SECRET_KEY:-}');
  expect(simulator?.environment?.['STRIPE_WEBHOOK_SECRET']).toBe('${SIMULATOR_WEBHOOK_SECRET:-}');
  expect(services['payment']?.depends_on?.['stripe-simulator']).toEqual({
    condition: 'service_healthy',
    required: false,
  });
  expect(JSON.stringify(simulator)).not.toContain('${STRIPE_');
});

test('the gateway forwards to the simulator only with FORWARD_SIMULATOR', () => {
  const { FORWARD_SIMULATOR: forward, SIMULATOR_URL: url } = services['gateway']?.environment ?? {};
  expect([forward, url]).toEqual([
    '${FORWARD_SIMULATOR:-}',
    '${FORWARD_SIMULATOR:+http://stripe-simulator:4010}',
  ]);
});

test("PostgreSQL's health check is no shell", () => {
  expect(services['postgres']?.healthcheck?.test[0]).toBe('CMD');
  for (const [, { healthcheck }] of all.filter(([, service]) => service.healthcheck))
    expect(healthcheck?.timeout).toBe('10s');
});

/** Variables that the file replaces by its own services, that need a mounted file, or that are not for production. */
const notPassed =
  /^([A-Z]+_DATABASE_URL|ACCOUNT_URL|SUPERGRAPH_FILE|(ONLY_)?TRUSTED_DOCUMENTS(_FILE)?|DEMO_ACCOUNTS)$/;

test.each([
  ['account', ofAccount],
  ['catalog', ofCatalog],
  ['order', ofOrder],
  ['payment', ofPayment],
  ['social', ofSocial],
  ['gateway', ofGateway],
])('%s receives every variable that it reads', (name, variables) => {
  const given = Object.entries(services[name]?.environment ?? {});
  const names = given.map(([variable]) => variable);
  expect(variables.filter((variable) => !names.includes(variable) && !notPassed.test(variable))).toEqual([]);
  // A variable is passed on under its own name, or has a fixed value.
  for (const [variable, value] of given) {
    const [, source] = /^\$\{(\w+):-\}$/.exec(value) ?? [];
    if (source !== undefined) expect(source).toBe(variable);
  }
});
