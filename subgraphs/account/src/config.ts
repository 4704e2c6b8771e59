import type { KeyObject } from 'node:crypto';
import { createPrivateKey } from 'node:crypto';
import type { Environment } from '@souk/shared/env';
import { missingInProduction, port, readEnv } from '@souk/shared/env';
import type { ProcessEnvironment } from '@souk/shared/graph/process-environment';
import { processProblems, processVariables } from '@souk/shared/graph/process-environment';
import { weakSecrets } from '@souk/shared/secret-strength';
import { z } from 'zod';
import type { RelyingParty } from './domain/factor/webauthn.js';
import type { ExternalIssuer } from './domain/issuer/external-issuer.js';
import { externalIssuers } from './domain/issuer/external-issuer.js';
import { validatePassword } from './domain/identity/password.js';
import { canSignTokens } from './domain/session/signing-key.js';

/** The configuration of account's process. */
export type AccountConfig = ProcessEnvironment & {
  ACCOUNT_DATABASE_URL?: string | undefined;
  /** Null outside production when unset: the process then generates a key at startup. */
  JWT_PRIVATE_KEY: KeyObject | null;
  /** The first encrypts the secrets of authenticator apps, all decrypt. Null outside production when unset. */
  MFA_ENCRYPTION_KEYS: readonly [string, ...string[]] | null;
  /** The site that passkeys belong to. */
  relyingParty: RelyingParty;
  ADMIN_EMAIL?: string | undefined;
  ADMIN_PASSWORD?: string | undefined;
  /** Registrations allowed per network and hour; 0: unlimited. */
  REGISTRATIONS_PER_HOUR: number;
  /** Other issuers whose access tokens are accepted. */
  OIDC_ISSUERS: readonly ExternalIssuer[];
};

const defaultPort = 4_001;
const registrationsInProduction = 1_000;

const privateKey = z.string().transform((pem, context): KeyObject => {
  try {
    // Single-line environment files write the line breaks of a PEM as \n.
    const key = createPrivateKey(pem.replaceAll('\\n', '\n'));
    if (canSignTokens(key)) return key;
  } catch {
    // The issue below omits the parser's message, which may quote the key.
  }
  context.addIssue({ code: 'custom', message: 'must be a private EC key on P-256, in PEM' });
  return z.NEVER;
});

const origin = z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin);

const origins = z
  .string()
  .transform((text) => text.split(',').map((item) => item.trim()))
  .pipe(z.array(origin).max(20));

const domain = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/, 'must be a domain name');

function relyingPartyOf(read: {
  PUBLIC_URL: string;
  PASSKEY_RP_ID?: string | undefined;
  PASSKEY_ORIGINS?: string[] | undefined;
}): RelyingParty {
  return {
    id: read.PASSKEY_RP_ID ?? new URL(read.PUBLIC_URL).hostname,
    origins: read.PASSKEY_ORIGINS ?? [read.PUBLIC_URL],
  };
}

/** Whether browsers let pages of an origin use the passkeys of a domain. */
function mayUse(page: string, id: string): boolean {
  const { hostname, protocol } = new URL(page);
  const isSecure = protocol === 'https:' || hostname === 'localhost';
  return isSecure && (hostname === id || hostname.endsWith(`.${id}`));
}

const minKeyLength = 16;

const encryptionKeys = z.string().transform((text, context): [string, ...string[]] => {
  const [first = '', ...rest] = text.split(',').map((key) => key.trim());
  if ([first, ...rest].every((key) => key.length >= minKeyLength)) return [first, ...rest];
  context.addIssue({
    code: 'custom',
    message: `each key must have ${minKeyLength} characters or more, with commas between`,
  });
  return z.NEVER;
});

/** Options of a rule over several variables. The rule runs unless its variable has an issue already. */
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
    MFA_ENCRYPTION_KEYS: encryptionKeys.optional(),
    PUBLIC_URL: origin.default('http://localhost:4000'),
    PASSKEY_RP_ID: domain.optional(),
    PASSKEY_ORIGINS: origins.optional(),
    ADMIN_EMAIL: z.email().optional(),
    ADMIN_PASSWORD: z.string().optional(),
    REGISTRATIONS_PER_HOUR: z.coerce.number().int().min(0).optional(),
    OIDC_ISSUERS: externalIssuers.default([]),
  })
  .refine(
    ({ ADMIN_EMAIL, ADMIN_PASSWORD }) => !ADMIN_EMAIL || ADMIN_PASSWORD !== undefined,
    unlessReported('ADMIN_PASSWORD', 'required with ADMIN_EMAIL'),
  )
  .refine(
    ({ ADMIN_EMAIL, ADMIN_PASSWORD }) => !ADMIN_PASSWORD || ADMIN_EMAIL !== undefined,
    unlessReported('ADMIN_EMAIL', 'required with ADMIN_PASSWORD'),
  )
  .refine(
    ({ ADMIN_EMAIL, ADMIN_PASSWORD }) =>
      !ADMIN_EMAIL || !ADMIN_PASSWORD || !validatePassword(ADMIN_PASSWORD, { email: ADMIN_EMAIL }, []),
    unlessReported('ADMIN_PASSWORD', 'is too weak: too short, or too easy to guess'),
  );

/** Passkeys work where they are configured to, or not at all: a mistake would only show in browsers. */
function passkeyProblems(environment: Environment): string[] {
  const read = z
    .object({
      PASSKEY_RP_ID: domain.optional(),
      PASSKEY_ORIGINS: origins.optional(),
      PUBLIC_URL: origin.optional(),
    })
    .safeParse(Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))).data;
  if (!read || (read.PASSKEY_RP_ID === undefined && read.PASSKEY_ORIGINS === undefined)) return [];
  const { PUBLIC_URL = 'http://localhost:4000', ...own } = read;
  const { id, origins: pages } = relyingPartyOf({ PUBLIC_URL, ...own });
  const wrong = pages.find((page) => !mayUse(page, id));
  if (wrong === undefined) return [];
  const name = own.PASSKEY_ORIGINS === undefined ? 'PASSKEY_RP_ID' : 'PASSKEY_ORIGINS';
  return [`${name}: pages of ${wrong} cannot use passkeys of ${id}: https, on the domain or below it`];
}

/** Names of the environment variables that `readConfig` reads. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

/** Reads and validates the environment. @throws ConfigurationError that lists all problems */
export function readConfig(environment: Environment = process.env): AccountConfig {
  const {
    JWT_PRIVATE_KEY = null,
    MFA_ENCRYPTION_KEYS = null,
    REGISTRATIONS_PER_HOUR,
    ...rest
  } = readEnv(variables, environment, [
    ...processProblems('account', environment),
    ...missingInProduction(environment, ['JWT_PRIVATE_KEY', 'MFA_ENCRYPTION_KEYS']),
    ...passkeyProblems(environment),
    ...weakSecrets(environment, { ADMIN_PASSWORD: 'password', MFA_ENCRYPTION_KEYS: 'secrets' }),
  ]);
  const production = rest.NODE_ENV === 'production';
  return {
    ...rest,
    JWT_PRIVATE_KEY,
    MFA_ENCRYPTION_KEYS,
    relyingParty: relyingPartyOf(rest),
    // Tests and benchmarks register all users from one address.
    REGISTRATIONS_PER_HOUR: REGISTRATIONS_PER_HOUR ?? (production ? registrationsInProduction : 0),
  };
}
