import type { SystemSettings } from '@souk/shared/system-setting';

/** Settings of catalog. */
export interface CatalogSettings {
  /** Length of a manual seat hold, in minutes. */
  holdMinutes: number;
  /** Maximum total time of one buyer's manual hold of a seat, including extensions, in minutes. */
  holdMaxMinutes: number;
  /** Maximum number of seats of one event that one buyer holds, for a manual hold. */
  holdMaxSeats: number;
  /**
   * Seats that are held manually from one network at most: of one offer in multiples of the maximum of one order, of one
   * event in multiples of `holdMaxSeats`. 0: no limit.
   */
  holdersPerNetwork: number;
  /** An offer with fewer free units is LOW_STOCK. */
  lowStockThreshold: number;
  /**
   * An offer with at most this many free units is scarce; its units wait only briefly for payment. 0: no
   * offer is.
   */
  scarceUnits: number;
  /** Maximum time that units of a scarce offer wait for payment, in minutes. */
  scarceHoldMinutes: number;
}

/** Default total limit, in lengths of one hold. */
const holdsInAll = 3;

/** Default settings. */
export const defaultSettings: CatalogSettings = {
  holdMinutes: 10,
  holdMaxMinutes: 10 * holdsInAll,
  holdMaxSeats: 20,
  holdersPerNetwork: 0,
  lowStockThreshold: 5,
  scarceUnits: 50,
  scarceHoldMinutes: 24 * 60,
};

/** Completes the given settings with defaults. */
export function settingsOf(given: { [Name in keyof CatalogSettings]?: number | undefined }): CatalogSettings {
  const holdMinutes = given.holdMinutes ?? defaultSettings.holdMinutes;
  return {
    holdMinutes,
    holdMaxMinutes: given.holdMaxMinutes ?? holdMinutes * holdsInAll,
    holdMaxSeats: given.holdMaxSeats ?? defaultSettings.holdMaxSeats,
    holdersPerNetwork: given.holdersPerNetwork ?? defaultSettings.holdersPerNetwork,
    lowStockThreshold: given.lowStockThreshold ?? defaultSettings.lowStockThreshold,
    scarceUnits: given.scarceUnits ?? defaultSettings.scarceUnits,
    scarceHoldMinutes: given.scarceHoldMinutes ?? defaultSettings.scarceHoldMinutes,
  };
}

/** The settings of the process, with the system settings that are stored in place of its own. */
export function currentSettings(own: CatalogSettings, system: SystemSettings): CatalogSettings {
  const holdMinutes = system.get('catalog.holdMinutes', own.holdMinutes);
  const isDerived = own.holdMaxMinutes === own.holdMinutes * holdsInAll;
  return {
    ...own,
    holdMinutes,
    holdMaxMinutes: isDerived ? holdMinutes * holdsInAll : Math.max(own.holdMaxMinutes, holdMinutes),
    lowStockThreshold: system.get('catalog.lowStockThreshold', own.lowStockThreshold),
  };
}
