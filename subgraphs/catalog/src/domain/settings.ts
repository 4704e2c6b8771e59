/** Numbers that the platform may set. */
export interface CatalogSettings {
  /** How long seats are held by hand. */
  holdMinutes: number;
  /** How long one buyer may hold a seat by hand in all, however often they prolong the hold. */
  holdMaxMinutes: number;
  /** An offer with fewer free units than this is low. */
  lowStockThreshold: number;
  /** An offer with so many free units or fewer is scarce: its units do not wait long for money. 0: none is. */
  scarceUnits: number;
  /** How long the units of a scarce offer wait for money, at most. */
  scarceHoldMinutes: number;
}

/** How often a hold can be prolonged by its whole length where nothing else is set, its first length counted. */
const holdsInAll = 3;

/** What holds where nothing else was set. */
export const defaultSettings: CatalogSettings = {
  holdMinutes: 10,
  holdMaxMinutes: 10 * holdsInAll,
  lowStockThreshold: 5,
  scarceUnits: 50,
  scarceHoldMinutes: 24 * 60,
};

/** The settings: those that are given, the others by default. */
export function settingsOf(given: { [Name in keyof CatalogSettings]?: number | undefined }): CatalogSettings {
  const holdMinutes = given.holdMinutes ?? defaultSettings.holdMinutes;
  return {
    holdMinutes,
    holdMaxMinutes: given.holdMaxMinutes ?? holdMinutes * holdsInAll,
    lowStockThreshold: given.lowStockThreshold ?? defaultSettings.lowStockThreshold,
    scarceUnits: given.scarceUnits ?? defaultSettings.scarceUnits,
    scarceHoldMinutes: given.scarceHoldMinutes ?? defaultSettings.scarceHoldMinutes,
  };
}
