import { z } from 'zod';
import type { Environment } from '@souk/shared/env';
import { missingInProduction, origin, port, readEnv } from '@souk/shared/env';
import { processProblems, processVariables } from '@souk/shared/graph/process-environment';
import { isLoopbackUrl } from '@souk/shared/listen-host';
import { weakSecrets } from '@souk/shared/secret-strength';
import type { DeliveryOptions } from './delivery-options.js';
import { vapidPublicKey } from './channels/web-push.js';
import { defaultDelivery } from './delivery-options.js';

/** An address, or a name with an address in angle brackets. */
const sender = z
  .string()
  .max(200)
  .regex(
    /^([^<>@\r\n"]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
    'must be an address, or a name with an address: Souk <no-reply@example.com>',
  );

function isVapidKey(key: string): boolean {
  try {
    return Buffer.from(key, 'base64url').length === 32 && vapidPublicKey(key) !== '';
  } catch {
    return false;
  }
}

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
  /** A provider of text messages with Twilio's API: all four, or none. */
  SMS_URL: origin.optional(),
  SMS_ACCOUNT: z.string().min(1).max(200).optional(),
  SMS_TOKEN: z.string().min(1).optional(),
  SMS_FROM: z.string().min(1).max(30).optional(),
  /** When omitted, no messages are pushed to browsers. */
  VAPID_PRIVATE_KEY: z
    .string()
    .refine(isVapidKey, 'must be a private key of P-256: 32 bytes in base64url')
    .optional(),
  /** Default: the address of MAIL_FROM. */
  VAPID_SUBJECT: z
    .string()
    .regex(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, 'must be a mailto: or https: URL')
    .optional(),
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
    ...incompleteSms(environment),
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
      sms: smsOptions(read),
      push: pushOptions(read),
    },
  };
}

const smsVariables = ['SMS_URL', 'SMS_ACCOUNT', 'SMS_TOKEN', 'SMS_FROM'] as const;

/** The problem of a provider that is described in part. */
function incompleteSms(environment: Environment): string[] {
  const missing = smsVariables.filter((name) => !environment[name]);
  if (missing.length === 0 || missing.length === smsVariables.length) return [];
  return missing.map(
    (name) => `${name}: needed with ${smsVariables.filter((each) => each !== name).join(', ')}`,
  );
}

function smsOptions({
  SMS_URL: url,
  SMS_ACCOUNT: account,
  SMS_TOKEN: token,
  SMS_FROM: from,
}: z.infer<typeof variables>): DeliveryOptions['sms'] {
  if (url === undefined || account === undefined || token === undefined || from === undefined) return null;
  return { url: new URL(url).origin, account, token, from };
}

function pushOptions({
  VAPID_PRIVATE_KEY: vapidPrivateKey,
  VAPID_SUBJECT: subject,
  MAIL_FROM: from,
}: z.infer<typeof variables>): DeliveryOptions['push'] {
  if (vapidPrivateKey === undefined) return null;
  const address = /([^\s<>]+@[^\s<>]+)>?\s*$/.exec(from)?.[1] ?? from;
  return { vapidPrivateKey, vapidSubject: subject ?? `mailto:${address}` };
}
