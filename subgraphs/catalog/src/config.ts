import type { Environment } from '@souk/shared/env';
import { port, readEnv } from '@souk/shared/env';
import { processProblems, processVariables } from '@souk/shared/graph/process-environment';
import { z } from 'zod';
import type { CatalogSettings } from './domain/settings.js';
import { defaultSettings, settingsOf } from './domain/settings.js';

const variables = z.object({
  ...processVariables,
  PORT: port.default(4002),
  CATALOG_DATABASE_URL: z.url().optional(),
  CATALOG_HOLD_MINUTES: z.coerce.number().int().min(1).max(1_440).default(defaultSettings.holdMinutes),
  CATALOG_HOLD_MAX_MINUTES: z.coerce.number().int().min(1).max(10_080).optional(),
  CATALOG_HOLD_MAX_SEATS: z.coerce.number().int().min(1).max(20_000).default(defaultSettings.holdMaxSeats),
  CATALOG_HOLDERS_PER_NETWORK: z.coerce.number().int().min(0).max(10_000).optional(),
  CATALOG_SCARCE_UNITS: z.coerce.number().int().min(0).max(1_000_000).default(defaultSettings.scarceUnits),
  CATALOG_SCARCE_HOLD_MINUTES: z.coerce
    .number()
    .int()
    .min(1)
    .max(43_200)
    .default(defaultSettings.scarceHoldMinutes),
  CATALOG_LOW_STOCK_THRESHOLD: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(defaultSettings.lowStockThreshold),
});

const holdersInProduction = 5;

/** Names of the environment variables that catalog reads. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

/** Environment variables of a catalog process. */
export type CatalogEnvironment = z.infer<typeof variables>;

/** Reads and validates the environment. @throws ConfigurationError that lists all problems */
export function readConfig(
  environment: Environment = process.env,
): CatalogEnvironment & { settings: CatalogSettings } {
  const read = readEnv(variables, environment, [
    ...processProblems('catalog', environment),
    ...holdProblems(environment),
  ]);
  return {
    ...read,
    settings: settingsOf({
      holdMinutes: read.CATALOG_HOLD_MINUTES,
      holdMaxMinutes: read.CATALOG_HOLD_MAX_MINUTES,
      holdMaxSeats: read.CATALOG_HOLD_MAX_SEATS,
      // Tests and benchmarks hold all seats from one address.
      holdersPerNetwork:
        read.CATALOG_HOLDERS_PER_NETWORK ?? (read.NODE_ENV === 'production' ? holdersInProduction : 0),
      lowStockThreshold: read.CATALOG_LOW_STOCK_THRESHOLD,
      scarceUnits: read.CATALOG_SCARCE_UNITS,
      scarceHoldMinutes: read.CATALOG_SCARCE_HOLD_MINUTES,
    }),
  };
}

/** Rejects a total hold time that is shorter than a single hold. */
function holdProblems({ CATALOG_HOLD_MINUTES: one, CATALOG_HOLD_MAX_MINUTES: all }: Environment): string[] {
  const minutes = Number(one || defaultSettings.holdMinutes);
  return all && Number(all) < minutes
    ? [`CATALOG_HOLD_MAX_MINUTES: must be CATALOG_HOLD_MINUTES (${minutes}) or more`]
    : [];
}
