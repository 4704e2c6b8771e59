import { queuesPath } from '@souk/gateway/http/queue-dashboard-page';
import { isLoopbackHost, originOf } from '@souk/shared/listen-host';
import type { LauncherConfig } from './config.js';
import { demoPassword, demoPartner, demoPeople } from './demo/people.js';

/** Where the gateway is, and what of it is open. */
export interface DisplayAddress {
  /** http://localhost:4000 */
  origin: string;
  /** Which machines reach it. */
  reach: string;
  /** Null where it is closed. */
  metrics: { url: string; reader: string } | null;
  /** Whether an IDE is served. */
  hasIde: boolean;
}

/** The address that people type for a host that is listened on. */
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
      ? `Listens on ${host}: only this machine reaches it. HOST=0.0.0.0 opens it to others.`
      : `Listens on ${host}: other machines reach it.`,
    metrics:
      metricsPort === null
        ? null
        : {
            url: `${displayOrigin(host, metricsPort)}/metrics`,
            reader: metrics.token === null ? 'Prometheus' : 'Prometheus, with METRICS_TOKEN as bearer token',
          },
    hasIde: introspection,
  };
}

/** What the banner tells. */
export interface BannerFacts {
  address: DisplayAddress;
  /** What runs, and where: a row each. */
  parts: readonly { what: string; where: string }[];
  /** The simulator's page, where a simulator runs. */
  simulatorPage: string | null;
  /** Null where the demo's accounts are not there. */
  demo: { adminEmail: string; isAdminGiven: boolean } | null;
  notes: readonly string[];
  startedInMs: number;
}

/** What stands on the screen when all is up. Holds no secret but the demo's password. */
export function banner(facts: BannerFacts): string {
  const { origin, reach, metrics, hasIde } = facts.address;
  const doors = [
    { what: `${origin}/graphql`, where: `the supergraph${hasIde ? '; in a browser, Apollo Sandbox' : ''}` },
    ...(hasIde ? [{ what: `${origin}/graphiql`, where: 'an IDE that works offline' }] : []),
    { what: `${origin}/health/ready`, where: 'health; /health/live for the process alone' },
    ...(metrics === null
      ? []
      : [{ what: metrics.url, where: `metrics of the gateway’s process, for ${metrics.reader}` }]),
    { what: `${origin}${queuesPath}`, where: 'the queues, for administrators' },
    { what: `${origin}/.well-known/jwks.json`, where: 'keys that verify access tokens' },
    { what: `${origin}/webhooks/stripe`, where: 'Stripe events' },
    ...(facts.simulatorPage === null
      ? []
      : [
          {
            what: facts.simulatorPage,
            where: 'the Stripe simulator: payments, and the buyer’s part in them',
          },
        ]),
  ];
  const sections = [
    `Souk is open: ${origin}/graphql\n${reach}`,
    `What runs where (up in ${(facts.startedInMs / 1000).toFixed(1)} s)\n${table(facts.parts)}`,
    `Doors\n${table(doors)}`,
    ...(facts.demo === null ? [] : [accounts(facts.demo)]),
    ...(facts.notes.length === 0
      ? []
      : [`Good to know\n${facts.notes.map((note) => `  ${note}`).join('\n')}`]),
    'Ctrl-C ends all of it.',
  ];
  return `\n${sections.join('\n\n')}\n`;
}

/** An administrator of the environment has a password of their own, which is shown to nobody. */
function accounts({ adminEmail, isAdminGiven }: NonNullable<BannerFacts['demo']>): string {
  const roles = new Map([[demoPartner.email, `seller, ${demoPartner.name}`]]);
  const rows = [
    ...(isAdminGiven ? [] : [{ what: adminEmail, where: 'administrator' }]),
    ...demoPeople.map(({ email, displayName }) => ({
      what: email,
      where: roles.get(email) ?? `buyer, ${displayName}`,
    })),
  ];
  const given = isAdminGiven ? `\n\nAdministrator: ${adminEmail}, with the password that was given` : '';
  return `Demo accounts (password ${demoPassword})\n${table(rows)}${given}`;
}

function table(rows: readonly { what: string; where: string }[]): string {
  const width = Math.max(...rows.map(({ what }) => what.length));
  return rows.map(({ what, where }) => `  ${what.padEnd(width)}  ${where}`).join('\n');
}
