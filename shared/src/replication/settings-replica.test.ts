import { createLog } from '../log.js';
import type { StatePage } from '../state.js';
import type { StoredSetting } from './settings-replica.js';
import { SettingsReplica } from './settings-replica.js';

const log = createLog('test', 'silent');
const page = (...items: StoredSetting[]): StatePage<StoredSetting> => ({ items, next: 'n', more: false });

let read: jest.Mock<Promise<StatePage<StoredSetting>>, []>;
let settings: SettingsReplica;

beforeEach(() => {
  jest.useFakeTimers();
  read = jest.fn<Promise<StatePage<StoredSetting>>, []>().mockResolvedValue(page());
});

afterEach(async () => {
  await settings.close();
  jest.useRealTimers();
});

it('applies a change within five seconds without any notification', async () => {
  settings = new SettingsReplica('test', { read }, log);
  await settings.started();
  expect(settings.get('catalog.holdMinutes', 7)).toBe(7);
  read.mockResolvedValue(page({ key: 'catalog.holdMinutes', value: 3 }));
  await jest.advanceTimersByTimeAsync(5_000);
  expect(settings.get('catalog.holdMinutes', 7)).toBe(3);
});

it('passes over settings of another release', async () => {
  read.mockResolvedValue(
    page({ key: 'catalog.unknown', value: 3 }, { key: 'platform.maintenance', value: true }),
  );
  settings = new SettingsReplica('test', { read }, log);
  await settings.started();
  expect(settings.get('platform.maintenance')).toBe(true);
});

it('has started when account does not answer, with the values of the process', async () => {
  read.mockRejectedValue(new Error('away'));
  settings = new SettingsReplica('test', { read }, log);
  await settings.started();
  expect(settings.get('gateway.rateLimitPerMinute', 70)).toBe(70);
});

it('forgets a setting that account has lost with a restored backup', async () => {
  read.mockResolvedValueOnce(page({ key: 'catalog.holdMinutes', value: 3 }));
  settings = new SettingsReplica('test', { read }, log);
  await settings.started();
  read.mockResolvedValue({ ...page(), covers: { after: null, until: null } });
  await jest.advanceTimersByTimeAsync(5_000);
  expect(settings.get('catalog.holdMinutes', 7)).toBe(7);
});

it('uses the values of the process again when a stored value was removed', async () => {
  read.mockResolvedValueOnce(page({ key: 'catalog.holdMinutes', value: 3 }));
  settings = new SettingsReplica('test', { read }, log);
  await settings.started();
  expect(settings.get('catalog.holdMinutes', 7)).toBe(3);
  read.mockResolvedValue(page({ key: 'catalog.holdMinutes', value: null }));
  await jest.advanceTimersByTimeAsync(5_000);
  expect(settings.get('catalog.holdMinutes', 7)).toBe(7);
});
