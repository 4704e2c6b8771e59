import { z } from 'zod';
import type { Environment } from '@souk/shared/env';
import { missingInProduction, origin, port, readEnv } from '@souk/shared/env';
import { processProblems, processVariables } from '@souk/shared/graph/process-environment';
import { isLoopbackUrl } from '@souk/shared/listen-host';
import { weakSecrets } from '@souk/shared/secret-strength';
import type { DeliveryOptions } from './delivery-options.js';
import { defaultDelivery } from './delivery-options.js';

/** An address, or a name with an address in angle brackets. */
const sender = z
  .string()
  .max(200)
  .regex(
    /^([^<>@\r\n"]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
    'must be an address, or a name with an address: Souk <no-reply@example.com>',
  );

const variables = z.object({
  ...processVariables,
  PORT: port.default(4005),
  SOCIAL_DATABASE_URL: z.url().optional(),
  /** When omitted, PostgreSQL stores the social graph. */
  NEO4J_URL: z.url({ protocol: /^(bolt|neo4j)(\+s|\+ssc)?$/ }).optional(),
  NEO4J_USER: z.string().default('neo4j'),
  NEO4J_PASSWORD: z.string().optional(),
  /** When omitted, the development mailbox takes e-mails. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: sender.default(defaultDelivery.mailFrom),
  PUBLIC_URL: origin.default(defaultDelivery.publicUrl),
});

/** Names of the environment variables that `readConfig` reads. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

/** The configuration of social's process. */
export type SocialConfig = z.infer<typeof variables> & { delivery: DeliveryOptions };

/** Reads and validates the environment. @throws ConfigurationError that lists all problems */
export function readConfig(environment: Environment = process.env): SocialConfig {
  const read = readEnv(variables, environment, [
    ...processProblems('social', environment),
    ...missingInProduction(environment, ['SMTP_URL', 'MAIL_FROM']),
    ...(environment['NEO4J_URL'] ? missingInProduction(environment, ['NEO4J_PASSWORD']) : []),
    ...(isLoopbackUrl(environment['NEO4J_URL'] ?? '')
      ? []
      : weakSecrets(environment, { NEO4J_PASSWORD: 'secret' })),
  ]);
  return {
    ...read,
    delivery: {
      smtpUrl: read.SMTP_URL ?? null,
      mailFrom: read.MAIL_FROM,
      publicUrl: new URL(read.PUBLIC_URL).origin,
    },
  };
}
