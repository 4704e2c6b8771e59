import { queuesPath } from '@souk/gateway/queues-page';
import { demoPassword, demoPartner, demoPeople } from './demo/people.js';

/** What the banner tells. */
export interface BannerFacts {
  /** http://localhost:4000 */
  origin: string;
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
  const { origin } = facts;
  const doors = [
    { what: `${origin}/graphql`, where: 'the supergraph; in a browser, Apollo Sandbox' },
    { what: `${origin}/graphiql`, where: 'an IDE that works offline' },
    { what: `${origin}/health/ready`, where: 'health; /health/live for the process alone' },
    { what: `${origin}/metrics`, where: 'metrics of the gateway’s process, for Prometheus' },
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
    `Souk is open: ${origin}/graphql`,
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
