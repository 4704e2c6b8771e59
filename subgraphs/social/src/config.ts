import { z } from 'zod';
import type { Environment } from '@souk/shared/env';
import { missingInProduction, port, readEnv } from '@souk/shared/env';
import { processProblems, processVariables } from '@souk/shared/graph/process-environment';
import { isLoopbackUrl } from '@souk/shared/listen-host';
import { weakSecrets } from '@souk/shared/secret-strength';

const variables = z.object({
  ...processVariables,
  PORT: port.default(4005),
  SOCIAL_DATABASE_URL: z.url().optional(),
  /** When omitted, PostgreSQL stores the social graph. */
  NEO4J_URL: z.url({ protocol: /^(bolt|neo4j)(\+s|\+ssc)?$/ }).optional(),
  NEO4J_USER: z.string().default('neo4j'),
  NEO4J_PASSWORD: z.string().optional(),
});

/** Names of the environment variables that `readConfig` reads. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

/** The configuration of social's process. */
export type SocialConfig = z.infer<typeof variables>;

/** Reads and validates the environment. @throws ConfigurationError that lists all problems */
export function readConfig(environment: Environment = process.env): SocialConfig {
  return readEnv(variables, environment, [
    ...processProblems('social', environment),
    ...(environment['NEO4J_URL'] ? missingInProduction(environment, ['NEO4J_PASSWORD']) : []),
    ...(isLoopbackUrl(environment['NEO4J_URL'] ?? '')
      ? []
      : weakSecrets(environment, { NEO4J_PASSWORD: 'secret' })),
  ]);
}
