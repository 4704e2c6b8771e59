/** Numbers that the platform may set. */
export interface CatalogSettings {
  /** How long seats are held by hand. */
  holdMinutes: number;
  /** An offer with fewer free units than this is low. */
  lowStockThreshold: number;
}

/** What holds where nothing else was set. */
export const defaultSettings: CatalogSettings = { holdMinutes: 10, lowStockThreshold: 5 };
