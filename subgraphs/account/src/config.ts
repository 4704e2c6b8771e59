import type { KeyObject } from 'node:crypto';
import { createPrivateKey } from 'node:crypto';
import type { Environment } from '@souk/shared/env';
import { missingInProduction, port, readEnv } from '@souk/shared/env';
import type { ProcessEnvironment } from '@souk/shared/graph/process-environment';
import { processProblems, processVariables } from '@souk/shared/graph/process-environment';
import { weakSecrets } from '@souk/shared/secret-strength';
import { z } from 'zod';
import { validatePassword } from './domain/identity/password.js';
import { canSignTokens } from './domain/session/signing-key.js';

/** What account's process reads from the environment. */
export type AccountConfig = ProcessEnvironment & {
  ACCOUNT_DATABASE_URL?: string | undefined;
  /** Null where a key is made for this start only: never in production. */
  JWT_PRIVATE_KEY: KeyObject | null;
  ADMIN_EMAIL?: string | undefined;
  ADMIN_PASSWORD?: string | undefined;
  /** Accounts that may be made from one network within an hour; 0: any number. */
  REGISTRATIONS_PER_HOUR: number;
};

const defaultPort = 4_001;
const registrationsInProduction = 1_000;

const privateKey = z.string().transform((pem, context): KeyObject => {
  try {
    // Environments of one line write the line breaks of a PEM as \n.
    const key = createPrivateKey(pem.replaceAll('\\n', '\n'));
    if (canSignTokens(key)) return key;
  } catch {
    // Told below, without a word of what was given.
  }
  context.addIssue({ code: 'custom', message: 'must be a private EC key on P-256, in PEM' });
  return z.NEVER;
});

/** A rule over several variables, judged beside other problems unless its own variable has one already. */
function unlessReported(variable: string, message: string) {
  return {
    path: [variable],
    message,
    when: ({ issues }: { issues: readonly { path?: readonly PropertyKey[] | undefined }[] }) =>
      !issues.some(({ path }) => path?.[0] === variable),
  };
}

const variables = z
  .object({
    ...processVariables,
    PORT: port.default(defaultPort),
    ACCOUNT_DATABASE_URL: z.url().optional(),
    JWT_PRIVATE_KEY: privateKey.optional(),
    ADMIN_EMAIL: z.email().optional(),
    ADMIN_PASSWORD: z.string().optional(),
    REGISTRATIONS_PER_HOUR: z.coerce.number().int().min(0).optional(),
  })
  .refine(
    ({ ADMIN_EMAIL, ADMIN_PASSWORD }) => !ADMIN_EMAIL || ADMIN_PASSWORD !== undefined,
    unlessReported('ADMIN_PASSWORD', 'needed beside ADMIN_EMAIL'),
  )
  .refine(
    ({ ADMIN_EMAIL, ADMIN_PASSWORD }) => !ADMIN_PASSWORD || ADMIN_EMAIL !== undefined,
    unlessReported('ADMIN_EMAIL', 'needed beside ADMIN_PASSWORD'),
  )
  .refine(
    ({ ADMIN_EMAIL, ADMIN_PASSWORD }) =>
      !ADMIN_EMAIL || !ADMIN_PASSWORD || !validatePassword(ADMIN_PASSWORD, { email: ADMIN_EMAIL }, []),
    unlessReported('ADMIN_PASSWORD', 'is too weak: too short, or too easy to guess'),
  );

/** The names of the variables that it reads. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

/** Reads account's environment. @throws ConfigurationError with all problems at once */
export function readConfig(environment: Environment = process.env): AccountConfig {
  const {
    JWT_PRIVATE_KEY = null,
    REGISTRATIONS_PER_HOUR,
    ...rest
  } = readEnv(variables, environment, [
    ...processProblems('account', environment),
    ...missingInProduction(environment, ['JWT_PRIVATE_KEY']),
    ...weakSecrets(environment, { ADMIN_PASSWORD: 'password' }),
  ]);
  const production = rest.NODE_ENV === 'production';
  return {
    ...rest,
    JWT_PRIVATE_KEY,
    // Tests and benchmarks register everybody from one address.
    REGISTRATIONS_PER_HOUR: REGISTRATIONS_PER_HOUR ?? (production ? registrationsInProduction : 0),
  };
}
