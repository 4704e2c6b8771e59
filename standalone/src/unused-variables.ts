import type { Environment } from '@souk/shared/env';

/** One process for everything, or one per component. */
export type Topology = 'standalone' | 'distributed';

/** The launcher sets these. */
const placedByLauncher = [
  'ACCOUNT_URL',
  'CATALOG_URL',
  'ORDER_URL',
  'PAYMENT_URL',
  'SOCIAL_URL',
  'JWKS_URL',
  'SIMULATOR_URL',
  'FORWARD_SIMULATOR',
  'DEMO_ACCOUNTS',
] as const;

/** A line for each variable that is set but has no effect under a launcher, with the reason. */
export function unusedVariables(topology: Topology, environment: Environment): string[] {
  const has = (name: string): boolean => Boolean(environment[name]);
  const unused = (names: readonly string[], reason: string): string[] =>
    names.filter(has).map((name) => `${name}: ${reason}`);
  return [
    ...unused(placedByLauncher, 'has no effect here: the launcher sets it'),
    ...(topology === 'standalone'
      ? unused(['SUPERGRAPH_FILE'], 'has no effect in one process, which serves its own supergraph')
      : []),
    ...(has('STRIPE_SECRET_KEY')
      ? unused(
          ['SIMULATOR_PORT', 'SIMULATOR_HOST', 'WEBHOOK_URL'],
          'has no effect beside STRIPE_SECRET_KEY: no simulator runs',
        )
      : unused(
          ['STRIPE_PUBLISHABLE_KEY', 'STRIPE_API_BASE'],
          'has no effect without STRIPE_SECRET_KEY: the simulator is used',
        )),
    ...(has('NEO4J_URL') ? [] : unused(['NEO4J_USER', 'NEO4J_PASSWORD'], 'has no effect without NEO4J_URL')),
    ...(has('DATABASE_URL')
      ? unused(['DATABASE_FSYNC'], 'has no effect beside DATABASE_URL: no embedded database runs')
      : []),
    ...(has('REDIS_URL')
      ? unused(['QUEUE_DATABASE_URL'], 'has no effect beside REDIS_URL, where the queue is')
      : []),
  ];
}
