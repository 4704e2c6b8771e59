import type { Environment } from '@souk/shared/env';
import { port, readEnv } from '@souk/shared/env';
import { processProblems, processVariables } from '@souk/shared/graph/process-environment';
import { z } from 'zod';
import type { CatalogSettings } from './domain/settings.js';
import { defaultSettings } from './domain/settings.js';

const variables = z.object({
  ...processVariables,
  PORT: port.default(4002),
  CATALOG_DATABASE_URL: z.url().optional(),
  CATALOG_HOLD_MINUTES: z.coerce.number().int().min(1).max(1_440).default(defaultSettings.holdMinutes),
  CATALOG_LOW_STOCK_THRESHOLD: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(defaultSettings.lowStockThreshold),
});

/** The names of the variables that it reads. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

/** What catalog's process reads from the environment. */
export type CatalogEnvironment = z.infer<typeof variables>;

/** Reads it. @throws ConfigurationError with all problems at once. */
export function readConfig(
  environment: Environment = process.env,
): CatalogEnvironment & { settings: CatalogSettings } {
  const read = readEnv(variables, environment, processProblems('catalog', environment));
  return {
    ...read,
    settings: {
      holdMinutes: read.CATALOG_HOLD_MINUTES,
      lowStockThreshold: read.CATALOG_LOW_STOCK_THRESHOLD,
    },
  };
}
