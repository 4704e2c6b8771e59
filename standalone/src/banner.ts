import { queuesPath } from '@souk/gateway/http/queue-dashboard-page';
import { isLoopbackHost, originOf } from '@souk/shared/listen-host';
import type { LauncherConfig } from './config.js';
import { demoAccounts, demoPassword } from './demo/people.js';

/** The gateway's public address and the endpoints that are open. */
export interface DisplayAddress {
  /** http://localhost:4000 */
  origin: string;
  /** A sentence that says which machines can connect. */
  reach: string;
  /** Null where metrics are not served. */
  metrics: { url: string; reader: string } | null;
  /** Whether an IDE is served. */
  hasIde: boolean;
}

/** The URL origin to show for a listen address: wildcard and loopback hosts become `localhost`. */
export function displayOrigin(host: string, port: number): string {
  return isLoopbackHost(host) || host === '0.0.0.0' || host === '::'
    ? `http://localhost:${port}`
    : originOf(host, port);
}

/** The gateway's address for the banner. */
export function addressOf(
  { host, metrics, introspection }: Pick<LauncherConfig, 'host' | 'metrics' | 'introspection'>,
  port: number,
): DisplayAddress {
  const metricsPort = metrics.port ?? (metrics.isPublic ? port : null);
  return {
    origin: displayOrigin(host, port),
    reach: isLoopbackHost(host)
      ? `Listening on ${host}: reachable from this machine only. Set HOST=0.0.0.0 to accept other machines.`
      : `Listening on ${host}: reachable from other machines.`,
    metrics:
      metricsPort === null
        ? null
        : {
            url: `${displayOrigin(host, metricsPort)}/metrics`,
            reader:
              metrics.token === null ? 'Prometheus' : 'Prometheus, with METRICS_TOKEN as the bearer token',
          },
    hasIde: introspection,
  };
}

/** The accounts that exist after the start. */
export interface AccountFacts {
  hasDemo: boolean;
  /** Whether demo data can be requested: not in production. */
  canHaveDemo: boolean;
  /** The administrator of ADMIN_EMAIL, or else the demo's; null if that account is no administrator. */
  adminEmail: string | null;
  isAdminGiven: boolean;
  /** Whether any user is an administrator. */
  hasAdministrator: boolean;
}

/** The facts that the banner prints. */
export interface BannerFacts {
  address: DisplayAddress;
  /** One row per component: name and location. */
  parts: readonly { what: string; where: string }[];
  /** URL of the simulator's page; null without a simulator. */
  simulatorPage: string | null;
  accounts: AccountFacts;
  notes: readonly string[];
  startedInMs: number;
}

/** The text printed after the start. Contains no secret except the demo password. */
export function banner(facts: BannerFacts): string {
  const { origin, reach, metrics, hasIde } = facts.address;
  const endpoints = [
    { what: `${origin}/`, where: 'a page with all addresses, works offline' },
    { what: `${origin}/graphql`, where: `the supergraph${hasIde ? '; in a browser, Apollo Sandbox' : ''}` },
    ...(hasIde
      ? [
          { what: `${origin}/docs`, where: 'API reference, works offline' },
          { what: `${origin}/graphiql`, where: 'GraphiQL, works offline' },
        ]
      : []),
    { what: `${origin}/health/ready`, where: 'readiness; /health/live for liveness' },
    ...(metrics === null ? [] : [{ what: metrics.url, where: `gateway metrics, for ${metrics.reader}` }]),
    { what: `${origin}${queuesPath}`, where: 'queue dashboard, for administrators' },
    { what: `${origin}/.well-known/jwks.json`, where: 'public keys for access tokens' },
    { what: `${origin}/webhooks/stripe`, where: 'Stripe events' },
    ...(facts.simulatorPage === null
      ? []
      : [
          {
            what: facts.simulatorPage,
            where: 'Stripe simulator: payments, and the buyer’s actions',
          },
        ]),
  ];
  const sections = [
    `Souk is running: ${origin}/graphql\n${reach}`,
    `Processes and stores (started in ${(facts.startedInMs / 1000).toFixed(1)} s)\n${table(facts.parts)}`,
    `Endpoints\n${table(endpoints)}`,
    ...accounts(facts.accounts),
    ...(facts.notes.length === 0 ? [] : [`Notes\n${facts.notes.map((note) => `  ${note}`).join('\n')}`]),
    'Press Ctrl-C to stop.',
  ];
  return `\n${sections.join('\n\n')}\n`;
}

const missingAdministrator =
  'No administrator exists. Stop Souk, set ADMIN_EMAIL and ADMIN_PASSWORD, and start it again.';

/** An administrator set by ADMIN_EMAIL has their own password, which is never printed. */
function accounts({
  hasDemo,
  canHaveDemo,
  adminEmail,
  isAdminGiven,
  hasAdministrator,
}: AccountFacts): string[] {
  const administrator =
    isAdminGiven && adminEmail !== null
      ? [`Administrator: ${adminEmail}, with the password from ADMIN_PASSWORD`]
      : [];
  if (hasDemo) return [demoTable(isAdminGiven ? null : adminEmail), ...administrator];
  const notes = [
    ...administrator,
    ...(hasAdministrator ? [] : [missingAdministrator]),
    ...(canHaveDemo ? ['No demo data. Start with DEMO=on to add them.'] : []),
  ];
  return notes.length === 0 ? [] : [`Accounts\n${notes.map((note) => `  ${note}`).join('\n')}`];
}

function demoTable(adminEmail: string | null): string {
  const rows = demoAccounts(adminEmail).map(({ email, role }) => ({ what: email, where: role }));
  return `Demo accounts (password ${demoPassword})\n${table(rows)}`;
}

function table(rows: readonly { what: string; where: string }[]): string {
  const width = Math.max(...rows.map(({ what }) => what.length));
  return rows.map(({ what, where }) => `  ${what.padEnd(width)}  ${where}`).join('\n');
}
