import type { Environment } from '@souk/shared/env';
import { missingInProduction, port, readEnv } from '@souk/shared/env';
import type { ProcessEnvironment } from '@souk/shared/graph/process-environment';
import { processProblems, processVariables } from '@souk/shared/graph/process-environment';
import { weakSecrets } from '@souk/shared/secret-strength';
import { z } from 'zod';
import type { ManualTerms } from './domain/payment/manual-terms.js';
import type { ProviderLimits } from './domain/provider/provider-limits.js';
import { defaultProviderLimits } from './domain/provider/provider-limits.js';
import type { StripeOptions } from './stripe/client.js';

/** Where buyers send money, in words that they are shown. */
const accountText = z.string().trim().min(1).max(200).optional();

const schema = z.object({
  ...processVariables,
  PORT: port.default(4004),
  PAYMENT_DATABASE_URL: z.url().optional(),
  STRIPE_SECRET_KEY: z.string().optional(),
  STRIPE_PUBLISHABLE_KEY: z.string().optional(),
  STRIPE_WEBHOOK_SECRET: z.string().optional(),
  STRIPE_API_BASE: z.url({ protocol: /^https?$/ }).optional(),
  PAYMENT_BANK_ACCOUNT: accountText,
  PAYMENT_VIRTUAL_ACCOUNT_BANK: accountText,
  PAYMENT_E_WALLET: accountText,
  PAYMENT_DECLINES_PER_BUYER: z.coerce.number().int().min(0).default(defaultProviderLimits.declinesPerBuyer),
  PAYMENT_DECLINES_PER_ADDRESS: z.coerce.number().int().min(0).optional(),
  PAYMENT_VERIFY_SECONDS: z.coerce
    .number()
    .min(0)
    .max(3_600)
    .default(defaultProviderLimits.verifyIntervalMs / 1_000),
});

/** The names of the variables that it reads. */
export const variableNames: readonly string[] = Object.keys(schema.shape);

/** The simulator's own address, and secrets that open nothing: for development only. */
const development = {
  secretKey: 'sk_test_souk_development',
  publishableKey: 'pk_test_souk_development',
  webhookSecret: 'whsec_souk_development',
  apiBase: 'http://127.0.0.1:4010',
};

/** Accounts that nobody has: for development only. */
const developmentAccounts: ManualTerms = {
  BANK_TRANSFER: 'the demo bank account XX00 SOUK DEMO',
  VIRTUAL_ACCOUNT: 'the Demo Bank',
  E_WALLET: '@souk-demo',
};

/** What payment reads from the environment. */
export interface PaymentConfig {
  environment: ProcessEnvironment;
  ownDatabaseUrl: string | undefined;
  stripe: StripeOptions;
  /** Ways to pay without an account are not offered. */
  manual: ManualTerms;
  limits: ProviderLimits;
}

/** Reads the environment. @throws ConfigurationError with all problems at once */
export function readConfig(environment: Environment = process.env): PaymentConfig {
  const read = readEnv(schema, environment, [
    ...processProblems('payment', environment),
    ...missingInProduction(environment, [
      'STRIPE_SECRET_KEY',
      'STRIPE_PUBLISHABLE_KEY',
      'STRIPE_WEBHOOK_SECRET',
    ]),
    ...weakSecrets(environment, { STRIPE_WEBHOOK_SECRET: 'stripe-webhook' }),
  ]);
  return {
    environment: read,
    ownDatabaseUrl: read.PAYMENT_DATABASE_URL,
    stripe: {
      secretKey: read.STRIPE_SECRET_KEY ?? development.secretKey,
      publishableKey: read.STRIPE_PUBLISHABLE_KEY ?? development.publishableKey,
      webhookSecrets: secretsOf(read.STRIPE_WEBHOOK_SECRET ?? development.webhookSecret),
      // With a key of one's own, Stripe itself; without, the simulator.
      apiBase: read.STRIPE_API_BASE ?? (read.STRIPE_SECRET_KEY ? undefined : development.apiBase),
    },
    manual: manualOf(read),
    limits: {
      declinesPerBuyer: read.PAYMENT_DECLINES_PER_BUYER,
      // Off outside production, as all limits by address: tests and benchmarks come from one.
      declinesPerAddress:
        read.PAYMENT_DECLINES_PER_ADDRESS ??
        (read.NODE_ENV === 'production' ? defaultProviderLimits.declinesPerAddress : 0),
      verifyIntervalMs: read.PAYMENT_VERIFY_SECONDS * 1_000,
    },
  };
}

function secretsOf(list: string): string[] {
  return list
    .split(',')
    .map((secret) => secret.trim())
    .filter(Boolean);
}

function manualOf(read: z.infer<typeof schema>): ManualTerms {
  const fallback = read.NODE_ENV === 'production' ? null : developmentAccounts;
  return {
    BANK_TRANSFER: read.PAYMENT_BANK_ACCOUNT ?? fallback?.BANK_TRANSFER ?? null,
    VIRTUAL_ACCOUNT: read.PAYMENT_VIRTUAL_ACCOUNT_BANK ?? fallback?.VIRTUAL_ACCOUNT ?? null,
    E_WALLET: read.PAYMENT_E_WALLET ?? fallback?.E_WALLET ?? null,
  };
}
