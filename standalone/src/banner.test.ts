import { addressOf, banner } from './banner.js';

const shown = (isAdminGiven: boolean): string =>
  banner({
    address: addressOf(
      { host: '127.0.0.1', metrics: { port: null, token: null, isPublic: true }, introspection: true },
      4000,
    ),
    parts: [],
    simulatorPage: null,
    demo: { adminEmail: 'boss@example.com', isAdminGiven },
    notes: [],
    startedInMs: 1,
  });

it.each(['/metrics', '/admin/queues'])('lists %s among the endpoints', (path) => {
  expect(shown(false)).toMatch(new RegExp(`^  http://localhost:4000${path} +\\w`, 'm'));
});

it('lists a configured administrator apart from the accounts with the demo password', () => {
  const given = 'Administrator: boss@example.com, with the password from ADMIN_PASSWORD';
  expect(shown(true)).toContain(given);
  expect(shown(true).match(/boss@example\.com/g)).toHaveLength(1);
  expect(shown(false)).toMatch(/Demo accounts[^]*boss@example\.com +administrator/);
  expect(shown(false)).not.toContain(given);
});
