import type { AccountFacts } from './banner.js';
import { addressOf, banner } from './banner.js';

const none: AccountFacts = {
  hasDemo: false,
  canHaveDemo: true,
  adminEmail: null,
  isAdminGiven: false,
  hasAdministrator: false,
};

const printed = (accounts: Partial<AccountFacts>): string =>
  banner({
    address: addressOf(
      { host: '127.0.0.1', metrics: { port: null, token: null, isPublic: true }, introspection: true },
      4000,
    ),
    parts: [],
    simulatorPage: null,
    accounts: { ...none, ...accounts },
    notes: [],
    startedInMs: 1,
  });

it.each(['/', '/metrics', '/admin/queues'])('lists %s among the endpoints', (path) => {
  expect(printed({})).toMatch(new RegExp(`^  http://localhost:4000${path} +\\w`, 'm'));
});

it('lists a configured administrator apart from the accounts with the demo password', () => {
  const given = 'Administrator: boss@example.com, with the password from ADMIN_PASSWORD';
  const demo = { hasDemo: true, adminEmail: 'boss@example.com', hasAdministrator: true };
  const configured = printed({ ...demo, isAdminGiven: true });
  expect(configured).toContain(given);
  expect(configured.match(/boss@example\.com/g)).toHaveLength(1);
  expect(printed(demo)).toMatch(/Demo accounts[^]*boss@example\.com +administrator/);
  expect(printed(demo)).not.toContain(given);
});

const missing = 'No administrator exists. Stop Souk, set ADMIN_EMAIL and ADMIN_PASSWORD, and start it again.';
const noDemo = 'No demo data. Start with DEMO=on to add them.';

it.each<[string, Partial<AccountFacts>, string | null]>([
  ['a new database', {}, `Accounts\n  ${missing}\n  ${noDemo}\n`],
  ['a new database in production', { canHaveDemo: false }, `Accounts\n  ${missing}\n`],
  [
    'an administrator from the environment',
    { adminEmail: 'boss@example.com', isAdminGiven: true, hasAdministrator: true },
    `Accounts\n  Administrator: boss@example.com, with the password from ADMIN_PASSWORD\n  ${noDemo}\n`,
  ],
  [
    'ADMIN_EMAIL of an account that is no administrator',
    { isAdminGiven: true, canHaveDemo: false },
    `Accounts\n  ${missing}\n`,
  ],
  ['an earlier administrator in production', { hasAdministrator: true, canHaveDemo: false }, null],
])('says which accounts exist: %s', (_what, accounts, section) => {
  if (section === null) expect(printed(accounts)).not.toContain('Accounts');
  else expect(printed(accounts)).toContain(section);
});
