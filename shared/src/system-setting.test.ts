import type { Json } from './errors.js';
import { isSettingKey, settingKeys, settingProblem, settingsFrom, systemSettings } from './system-setting.js';

it('has these settings with their defaults', () => {
  expect(Object.fromEntries(settingKeys.map((key) => [key, systemSettings[key].default]))).toEqual({
    'checkout.paymentTimeoutMinutes': 30,
    'checkout.requireVerifiedEmail': false,
    'catalog.holdMinutes': 10,
    'catalog.lowStockThreshold': 5,
    'partner.defaultCommissionBasisPoints': 1_000,
    'gateway.rateLimitPerMinute': 600,
    'platform.maintenance': false,
    'gateway.registrationsPerHour': 1_000,
    'payments.mfaAboveAmount': 0,
    'cart.reminderHours': 24,
    'retention.endedSessionHours': 1,
    'retention.failedLoginHours': 1,
    'retention.knownNetworkDays': 30,
    'retention.guestCartDays': 30,
    'retention.failedOrderDays': 90,
    'retention.notificationDays': 90,
    'retention.messageDays': 100,
  });
  for (const key of settingKeys) expect(settingProblem(key, systemSettings[key].default)).toBeNull();
});

it.each<[Json, string | null]>([
  [1, null],
  [1_440, null],
  [0, 'Must be an integer from 1 to 1440.'],
  [1_441, 'Must be an integer from 1 to 1440.'],
  [1.5, 'Must be an integer from 1 to 1440.'],
  ['10', 'Must be an integer from 1 to 1440.'],
  [null, 'Must be an integer from 1 to 1440.'],
])('judges %p minutes', (value, problem) => {
  expect(settingProblem('catalog.holdMinutes', value)).toBe(problem);
});

it('takes true and false for a flag, and nothing else', () => {
  expect(
    [true, false, 1, 'true', null].map((value) => settingProblem('platform.maintenance', value)),
  ).toEqual([null, null, ...Array.from({ length: 3 }, () => 'Must be true or false.')]);
});

it('prefers a stored value to the variable, and the variable to the default', () => {
  const stored = settingsFrom(new Map([['catalog.holdMinutes', 3]]));
  expect(stored.get('catalog.holdMinutes', 7)).toBe(3);
  expect(stored.get('catalog.lowStockThreshold', 7)).toBe(7);
  expect(stored.get('catalog.lowStockThreshold')).toBe(5);
});

it('prefers a stored false and 0 as well', () => {
  const stored = settingsFrom(
    new Map<string, Json>([
      ['platform.maintenance', false],
      ['payments.mfaAboveAmount', 0],
    ]),
  );
  expect([stored.get('platform.maintenance', true), stored.get('payments.mfaAboveAmount', 5)]).toEqual([
    false,
    0,
  ]);
});

it('ignores a stored value that is out of bounds', () => {
  expect(settingsFrom(new Map([['catalog.holdMinutes', 0]])).get('catalog.holdMinutes', 7)).toBe(7);
});

it('knows its keys, and no property of objects', () => {
  expect([isSettingKey('platform.maintenance'), isSettingKey('toString'), isSettingKey('')]).toEqual([
    true,
    false,
    false,
  ]);
});
