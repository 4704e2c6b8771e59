import type { KeyObject } from 'node:crypto';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import type { Environment } from '@souk/shared/env';
import { missingInProduction, port, readEnv } from '@souk/shared/env';
import type { ProcessEnvironment } from '@souk/shared/graph/process-environment';
import { processProblems, processVariables } from '@souk/shared/graph/process-environment';
import { z } from 'zod';
import type { GuestCartLimits } from './domain/cart/guest-cart.js';
import { defaultGuestCartLimits } from './domain/cart/guest-cart.js';

/** What order reads of the environment. */
export interface OrderConfig {
  environment: ProcessEnvironment;
  databaseUrl: string | undefined;
  catalogUrl: string;
  /** Ed25519, private. */
  tokenSigningKey: KeyObject;
  /** Whether the key was made up for this process: what it signs cannot be verified after the next start. */
  tokenSigningKeyIsTemporary: boolean;
  /** May be a fraction: 0.5 is half a minute. */
  paymentTimeoutMinutes: number;
  /** Sagas at work from which on no checkout is started. */
  maxOpen: number;
  /** Checkouts of one buyer that have not ended, at most. */
  maxOpenPerBuyer: number;
  guestCarts: GuestCartLimits;
  /** Checkouts of one buyer that failed within an hour, from which on no more are started; 0: no limit. */
  maxFailedPerHour: number;
  /** So long after its checkout failed an order is there, in days. */
  failedDays: number;
}

const defaultPort = 4_003;
/** Later than any message of a checkout could still come. */
const minFailedDays = 14;

const signingKey = z.string().transform((pem, context): KeyObject => {
  try {
    // Environments of one line write the line breaks of a PEM as \n.
    const key = createPrivateKey(pem.replaceAll('\\n', '\n'));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below, without a word of what was given.
  }
  context.addIssue({ code: 'custom', message: 'must be a private Ed25519 key, in PEM' });
  return z.NEVER;
});

const variables = z.object({
  ...processVariables,
  PORT: port.default(defaultPort),
  ORDER_DATABASE_URL: z.url().optional(),
  CATALOG_URL: z.url().default('http://localhost:4002/graphql'),
  TOKEN_SIGNING_KEY: signingKey.optional(),
  CHECKOUT_PAYMENT_TIMEOUT_MINUTES: z.coerce.number().min(0.1).default(30),
  CHECKOUT_MAX_OPEN: z.coerce.number().int().min(1).default(5_000),
  CHECKOUT_MAX_OPEN_PER_BUYER: z.coerce.number().int().min(1).default(10),
  CHECKOUT_MAX_FAILED_PER_HOUR: z.coerce.number().int().min(0).default(100),
  CHECKOUT_FAILED_DAYS: z.coerce.number().int().min(minFailedDays).max(3_650).default(90),
  CART_GUEST_DAYS: z.coerce.number().int().min(1).max(3_650).default(defaultGuestCartLimits.days),
  CART_GUESTS_PER_ADDRESS: z.coerce.number().int().min(0).optional(),
  CART_GUESTS_PER_ADDRESS_AND_HOUR: z.coerce.number().int().min(0).optional(),
});

/** The names of the variables that it reads. */
export const variableNames: readonly string[] = Object.keys(variables.shape);

/** Reads order's environment. @throws ConfigurationError with all problems at once */
export function readConfig(source: Environment = process.env): OrderConfig {
  const environment = readEnv(variables, source, [
    ...processProblems('order', source),
    ...missingInProduction(source, ['TOKEN_SIGNING_KEY']),
  ]);
  const key = environment.TOKEN_SIGNING_KEY;
  // Off outside production, as all limits by address: tests and benchmarks come from one.
  const byAddress =
    environment.NODE_ENV === 'production' ? defaultGuestCartLimits : { perAddress: 0, perAddressAndHour: 0 };
  return {
    environment,
    databaseUrl: environment.ORDER_DATABASE_URL,
    catalogUrl: environment.CATALOG_URL,
    tokenSigningKey: key ?? generateKeyPairSync('ed25519').privateKey,
    tokenSigningKeyIsTemporary: key === undefined,
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
