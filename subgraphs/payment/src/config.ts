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

/** Account text that buyers see in payment instructions. */
const accountText = z.string().trim().min(1).max(200).optional();

const schema = z.object({
  ...processVariables,
  PORT: port.default(4004),
  PAYMENT_DATABASE_URL: z.url().optional(),
  STRIPE_SECRET_KEY: z.string().optional(),
  STRIPE_PUBLISHABLE_KEY: z.string().optional(),
  STRIPE_WEBHOOK_SECRET: z.string().optional(),
  STRIPE_API_BASE: z.url({ protocol: /^https?$/ }).optional(),
  CHECKOUT_PAYMENT_TIMEOUT_MINUTES: z.coerce.number().min(0.1).default(30),
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

/** Names of the environment variables that payment reads. */
export const variableNames: readonly string[] = Object.keys(schema.shape);

/** The simulator's address and placeholder secrets, for development only. */
const development = {
  secretKey: 'sk_test_souk_development',
  publishableKey: 'pk_test_souk_development',
  webhookSecret: 'whsec_souk_development',
  apiBase: 'http://127.0.0.1:4010',
};

/** Fictitious accounts, for development only. */
const developmentAccounts: ManualTerms = {
  BANK_TRANSFER: 'the demo bank account XX00 SOUK DEMO',
  VIRTUAL_ACCOUNT: 'the Demo Bank',
  E_WALLET: '@souk-demo',
};

/** Payment's configuration. */
export interface PaymentConfig {
  environment: ProcessEnvironment;
  ownDatabaseUrl: string | undefined;
  stripe: StripeOptions;
  /** Methods without an account are not offered. */
  manual: ManualTerms;
  limits: ProviderLimits;
  /** Order's timeout of a card payment, which payment only shows. */
  cardTimeoutMinutes: number;
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
      // Without a configured key, payment uses the simulator.
      apiBase: read.STRIPE_API_BASE ?? (read.STRIPE_SECRET_KEY ? undefined : development.apiBase),
    },
    manual: manualOf(read),
    limits: {
      declinesPerBuyer: read.PAYMENT_DECLINES_PER_BUYER,
      // Off outside production, as all limits by address: tests and benchmarks share one address.
      declinesPerAddress:
        read.PAYMENT_DECLINES_PER_ADDRESS ??
        (read.NODE_ENV === 'production' ? defaultProviderLimits.declinesPerAddress : 0),
      verifyIntervalMs: read.PAYMENT_VERIFY_SECONDS * 1_000,
    },
    cardTimeoutMinutes: read.CHECKOUT_PAYMENT_TIMEOUT_MINUTES,
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
