import type { Environment } from '@souk/shared/env';
import { origin, port, readEnv } from '@souk/shared/env';
import { processProblems, processVariables } from '@souk/shared/graph/process-environment';
import { resolve } from 'node:path';
import { z } from 'zod';
import { defaultUploadLimits } from './domain/image/upload-limits.js';
import type { CatalogSettings } from './domain/settings.js';
import { defaultSettings, settingsOf } from './domain/settings.js';
import type { MediaOptions } from './media-options.js';
import { defaultMedia } from './media-options.js';

const variables = z.object({
  ...processVariables,
  PORT: port.default(4002),
  CATALOG_DATABASE_URL: z.url().optional(),
  /** Social's URL, for ratings. */
  SOCIAL_URL: z.url().default('http://localhost:4005/graphql'),
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
  PUBLIC_URL: origin.default(defaultMedia.publicUrl),
  CATALOG_MEDIA_URL: z.url({ protocol: /^https?$/ }).optional(),
  CATALOG_MEDIA_DIR: z.string().optional(),
  CATALOG_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  CATALOG_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')
    .optional(),
  CATALOG_S3_REGION: z.string().default('us-east-1'),
  CATALOG_S3_ACCESS_KEY_ID: z.string().optional(),
  CATALOG_S3_SECRET_ACCESS_KEY: z.string().optional(),
  CATALOG_IMAGE_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1_000)
    .max(50_000_000)
    .default(defaultUploadLimits.maxBytes),
  CATALOG_IMAGES_PER_DAY: z.coerce.number().int().min(1).max(1_000_000).default(defaultUploadLimits.perDay),
  CATALOG_IMAGE_BYTES_PER_DAY: z.coerce
    .number()
    .int()
    .min(1_000)
    .max(1_000_000_000_000)
    .default(defaultUploadLimits.bytesPerDay),
});

const holdersInProduction = 5;

/** Names of the environment variables that catalog reads. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

/** Environment variables of a catalog process. */
export type CatalogEnvironment = z.infer<typeof variables>;

/** Reads and validates the environment. @throws ConfigurationError that lists all problems */
export function readConfig(
  environment: Environment = process.env,
): CatalogEnvironment & { settings: CatalogSettings; media: MediaOptions } {
  const read = readEnv(variables, environment, [
    ...processProblems('catalog', environment),
    ...holdProblems(environment),
    ...mediaProblems(environment),
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
    media: mediaOptions(read),
  };
}

function mediaOptions(read: CatalogEnvironment): MediaOptions {
  const { CATALOG_S3_BUCKET: bucket, CATALOG_S3_ENDPOINT: endpoint } = read;
  return {
    publicUrl: new URL(read.PUBLIC_URL).origin,
    mediaUrl: read.CATALOG_MEDIA_URL ?? null,
    directory: resolve(read.CATALOG_MEDIA_DIR ?? defaultMedia.directory),
    s3:
      bucket === undefined || endpoint === undefined
        ? null
        : {
            bucket,
            endpoint,
            region: read.CATALOG_S3_REGION,
            accessKeyId: read.CATALOG_S3_ACCESS_KEY_ID ?? '',
            secretAccessKey: read.CATALOG_S3_SECRET_ACCESS_KEY ?? '',
          },
    limits: {
      maxBytes: read.CATALOG_IMAGE_MAX_BYTES,
      perDay: read.CATALOG_IMAGES_PER_DAY,
      bytesPerDay: read.CATALOG_IMAGE_BYTES_PER_DAY,
    },
  };
}

const neededWithBucket = [
  'CATALOG_S3_ENDPOINT',
  'CATALOG_S3_ACCESS_KEY_ID',
  'CATALOG_S3_SECRET_ACCESS_KEY',
] as const;

function mediaProblems(environment: Environment): string[] {
  if (environment['CATALOG_S3_BUCKET'])
    return [
      ...neededWithBucket
        .filter((name) => !environment[name])
        .map((name) => `${name}: needed with CATALOG_S3_BUCKET`),
      ...(environment['CATALOG_MEDIA_DIR']
        ? ['CATALOG_MEDIA_DIR: has no effect beside CATALOG_S3_BUCKET']
        : []),
    ];
  return [...neededWithBucket, 'CATALOG_S3_REGION']
    .filter((name) => environment[name])
    .map((name) => `${name}: has no effect without CATALOG_S3_BUCKET`);
}

/** Rejects a total hold time that is shorter than a single hold. */
function holdProblems({ CATALOG_HOLD_MINUTES: one, CATALOG_HOLD_MAX_MINUTES: all }: Environment): string[] {
  const minutes = Number(one || defaultSettings.holdMinutes);
  return all && Number(all) < minutes
    ? [`CATALOG_HOLD_MAX_MINUTES: must be CATALOG_HOLD_MINUTES (${minutes}) or more`]
    : [];
}
