import type { StartOptions } from '@souk/testing/start-options';

/** The log level of Souks under test: TEST_LOG_LEVEL, default warn. */
export const soukLog = (process.env['TEST_LOG_LEVEL'] ?? 'warn') as NonNullable<StartOptions['log']>;
