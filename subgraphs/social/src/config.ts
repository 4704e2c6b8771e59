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
  /** Left out: the social graph is kept in PostgreSQL. */
  NEO4J_URL: z.url({ protocol: /^(bolt|neo4j)(\+s|\+ssc)?$/ }).optional(),
  NEO4J_USER: z.string().default('neo4j'),
  NEO4J_PASSWORD: z.string().optional(),
});

/** The names of the variables that it reads. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

/** What the process of social reads from its environment. */
export type SocialConfig = z.infer<typeof variables>;

/** Reads it. @throws ConfigurationError with all problems at once */
export function readConfig(environment: Environment = process.env): SocialConfig {
  return readEnv(variables, environment, [
    ...processProblems('social', environment),
    ...(environment['NEO4J_URL'] ? missingInProduction(environment, ['NEO4J_PASSWORD']) : []),
    ...(isLoopbackUrl(environment['NEO4J_URL'] ?? '')
      ? []
      : weakSecrets(environment, { NEO4J_PASSWORD: 'secret' })),
  ]);
}
