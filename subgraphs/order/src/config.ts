import type { KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { Environment } from '@souk/shared/env';
import { missingInProduction, origin, port, readEnv } from '@souk/shared/env';
import type { ProcessEnvironment } from '@souk/shared/graph/process-environment';
import { processProblems, processVariables } from '@souk/shared/graph/process-environment';
import { z } from 'zod';
import type { GuestCartLimits } from './domain/cart/guest-cart.js';
import { defaultGuestCartLimits } from './domain/cart/guest-cart.js';
import { defaultPublicUrl } from './domain/ticket/ticket-link.js';

/** Configuration of order. */
export interface OrderConfig {
  environment: ProcessEnvironment;
  databaseUrl: string | undefined;
  catalogUrl: string;
  /** Account's endpoint. */
  accountUrl: string;
  /** The origin at which clients reach the gateway. */
  publicUrl: string;
  /** Ed25519, private. */
  tokenSigningKey: KeyObject;
  /** Former keys, public: what they signed is still verified. */
  tokenVerificationKeys: readonly KeyObject[];
  /** Whether the key was generated for this process; its signatures cannot be verified after a restart. */
  tokenSigningKeyIsTemporary: boolean;
  /** Fractions are allowed: 0.5 is 30 seconds. */
  paymentTimeoutMinutes: number;
  /** Maximum number of running sagas before checkouts are rejected. */
  maxOpen: number;
  /** Maximum number of open checkouts of one buyer. */
  maxOpenPerBuyer: number;
  guestCarts: GuestCartLimits;
  /** Maximum number of failed checkouts of one buyer per hour; 0: no limit. */
  maxFailedPerHour: number;
  /** Retention of orders whose checkout failed, in days. */
  failedDays: number;
}

const defaultPort = 4_003;
/** Longer than any message of a checkout can be delayed. */
const minFailedDays = 14;

const signingKey = z.string().transform((pem, context): KeyObject => {
  try {
    // Single-line environment formats write line breaks as \n.
    const key = createPrivateKey(pem.replaceAll('\\n', '\n'));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Reported below, without the value.
  }
  context.addIssue({ code: 'custom', message: 'must be a private Ed25519 key, in PEM' });
  return z.NEVER;
});

/** More keys than a rotation leaves would only enlarge every manifest. */
const maxVerificationKeys = 10;

const verificationKeys = z.string().transform((pem, context): KeyObject[] => {
  const blocks = pem.replaceAll('\\n', '\n').match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g) ?? [];
  try {
    const keys = blocks.map((block) => createPublicKey(block));
    if (
      keys.length > 0 &&
      keys.length <= maxVerificationKeys &&
      keys.every((key) => key.asymmetricKeyType === 'ed25519')
    )
      return keys;
  } catch {
    // Reported below, without the value.
  }
  context.addIssue({ code: 'custom', message: `must be 1 to ${maxVerificationKeys} Ed25519 keys, in PEM` });
  return z.NEVER;
});

const variables = z.object({
  ...processVariables,
  PORT: port.default(defaultPort),
  ORDER_DATABASE_URL: z.url().optional(),
  CATALOG_URL: z.url().default('http://localhost:4002/graphql'),
  PUBLIC_URL: origin.default(defaultPublicUrl),
  TOKEN_SIGNING_KEY: signingKey.optional(),
  TOKEN_VERIFICATION_KEYS: verificationKeys.default([]),
  CHECKOUT_PAYMENT_TIMEOUT_MINUTES: z.coerce.number().min(0.1).default(30),
  CHECKOUT_MAX_OPEN: z.coerce.number().int().min(1).default(5_000),
  CHECKOUT_MAX_OPEN_PER_BUYER: z.coerce.number().int().min(1).default(10),
  CHECKOUT_MAX_FAILED_PER_HOUR: z.coerce.number().int().min(0).default(100),
  CHECKOUT_FAILED_DAYS: z.coerce.number().int().min(minFailedDays).max(3_650).default(90),
  CART_GUEST_DAYS: z.coerce.number().int().min(1).max(3_650).default(defaultGuestCartLimits.days),
  CART_GUESTS_PER_ADDRESS: z.coerce.number().int().min(0).optional(),
  CART_GUESTS_PER_ADDRESS_AND_HOUR: z.coerce.number().int().min(0).optional(),
});

/** Names of the environment variables that order reads. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

/** Reads and validates the environment. @throws ConfigurationError that lists all problems */
export function readConfig(source: Environment = process.env): OrderConfig {
  const environment = readEnv(variables, source, [
    ...processProblems('order', source),
    ...missingInProduction(source, ['TOKEN_SIGNING_KEY']),
  ]);
  const key = environment.TOKEN_SIGNING_KEY;
  // Off outside production, like all limits per address: tests and benchmarks share one address.
  const byAddress =
    environment.NODE_ENV === 'production' ? defaultGuestCartLimits : { perAddress: 0, perAddressAndHour: 0 };
  return {
    environment,
    databaseUrl: environment.ORDER_DATABASE_URL,
    catalogUrl: environment.CATALOG_URL,
    accountUrl: new URL('/graphql', environment.ACCOUNT_URL ?? environment.JWKS_URL).href,
    publicUrl: new URL(environment.PUBLIC_URL).origin,
    tokenSigningKey: key ?? generateKeyPairSync('ed25519').privateKey,
    tokenSigningKeyIsTemporary: key === undefined,
    tokenVerificationKeys: environment.TOKEN_VERIFICATION_KEYS,
    paymentTimeoutMinutes: environment.CHECKOUT_PAYMENT_TIMEOUT_MINUTES,
    maxOpen: environment.CHECKOUT_MAX_OPEN,
    maxOpenPerBuyer: environment.CHECKOUT_MAX_OPEN_PER_BUYER,
    maxFailedPerHour: environment.CHECKOUT_MAX_FAILED_PER_HOUR,
    failedDays: environment.CHECKOUT_FAILED_DAYS,
    guestCarts: {
      days: environment.CART_GUEST_DAYS,
      perAddress: environment.CART_GUESTS_PER_ADDRESS ?? byAddress.perAddress,
      perAddressAndHour: environment.CART_GUESTS_PER_ADDRESS_AND_HOUR ?? byAddress.perAddressAndHour,
    },
  };
}
