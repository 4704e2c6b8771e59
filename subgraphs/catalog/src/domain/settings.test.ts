import type { Json } from '@souk/shared/errors';
import { settingsFrom } from '@souk/shared/system-setting';
import { currentSettings, settingsOf } from './settings.js';

const stored = (minutes: number): ReturnType<typeof settingsFrom> =>
  settingsFrom(new Map<string, Json>([['catalog.holdMinutes', minutes]]));

it('keeps the settings of the process where none is stored', () => {
  const own = settingsOf({ holdMinutes: 7, lowStockThreshold: 3 });
  expect(currentSettings(own, settingsFrom(new Map()))).toEqual(own);
});

it('derives the total hold time from a stored hold time as from the variable', () => {
  expect(currentSettings(settingsOf({}), stored(20))).toMatchObject({ holdMinutes: 20, holdMaxMinutes: 60 });
});

it('keeps a total hold time of its own, unless a single hold is longer', () => {
  const own = settingsOf({ holdMinutes: 10, holdMaxMinutes: 45 });
  expect(currentSettings(own, stored(20)).holdMaxMinutes).toBe(45);
  expect(currentSettings(own, stored(50)).holdMaxMinutes).toBe(50);
});
