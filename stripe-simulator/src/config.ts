import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

const schema = z.object({
  SIMULATOR_PORT: port.default(4010),
  SIMULATOR_HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().optional(),
  STRIPE_SECRET_KEY: z.string().optional(),
  STRIPE_WEBHOOK_SECRET: z.string().optional(),
  WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  NODE_ENV: z.string().optional(),
});

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Null: state is lost at a restart. */
  readonly dataDir: string | null;
  readonly secretKey: string | undefined;
  readonly webhookUrl: string | undefined;
  readonly webhookSecret: string | undefined;
}

/**
 * Reads the environment; an empty variable counts as absent.
 * @throws Error with every problem, one a line, and no value of a variable
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  const problems = (result.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
  if (given['WEBHOOK_URL'] !== undefined && given['STRIPE_WEBHOOK_SECRET'] === undefined) {
    problems.push('STRIPE_WEBHOOK_SECRET: is needed to sign the events sent to WEBHOOK_URL');
  }
  // Without a key it takes any, which is for machines of developers.
  if (given['NODE_ENV'] === 'production') {
    for (const name of ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'])
      if (given[name] === undefined) problems.push(`${name}: needed in production`);
  }
  if (!result.success || problems.length > 0) {
    throw new Error(`The environment cannot be used:\n  ${problems.join('\n  ')}`);
  }
  const env = result.data;
  return {
    port: env.SIMULATOR_PORT,
    host: env.SIMULATOR_HOST,
    dataDir: env.DATA_DIR ?? null,
    secretKey: env.STRIPE_SECRET_KEY,
    webhookUrl: env.WEBHOOK_URL,
    webhookSecret: env.STRIPE_WEBHOOK_SECRET,
  };
}
