import { z } from 'zod';
import { port, readEnv } from '@souk/shared/env';
import { processVariables } from '@souk/shared/graph/process';

const variables = z
  .object({
    ...processVariables,
    PORT: port.default(4005),
    SOCIAL_DATABASE_URL: z.url().optional(),
    /** Left out: the social graph is kept in PostgreSQL. */
    NEO4J_URL: z.url({ protocol: /^(bolt|neo4j)(\+s|\+ssc)?$/ }).optional(),
    NEO4J_USER: z.string().default('neo4j'),
    NEO4J_PASSWORD: z.string().optional(),
  })
  .refine(
    ({ NODE_ENV, NEO4J_URL, NEO4J_PASSWORD }) =>
      NODE_ENV !== 'production' || NEO4J_URL === undefined || NEO4J_PASSWORD !== undefined,
    { path: ['NEO4J_PASSWORD'], error: 'needed with NEO4J_URL in production' },
  );

/** What the process of social reads from its environment. */
export type SocialConfig = z.infer<typeof variables>;

/** Reads it. @throws ConfigurationError with all problems at once */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): SocialConfig {
  return readEnv(variables, environment);
}
