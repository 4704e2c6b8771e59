import type { SettingKey, SettingValue } from '@souk/shared/system-setting';
import { demoAdmin, demoPassword } from '@souk/standalone/demo/people';
import { baseEnvironment } from './config.js';
import type { Topology } from './supervisor-messages.js';
import type { Credentials } from './test-client.js';

/** How to start Souk. Everything can be left out. */
export interface StartOptions {
  /** One process (default), or one for each subgraph and the gateway. */
  topology?: Topology;
  /**
   * Variables of Souk, as its README lists them: REDIS_URL, CATALOG_HOLD_MINUTES. The variables of the test's own process
   * do not reach Souk.
   */
  environment?: Readonly<Record<string, string>>;
  /** System settings to store before `startSouk` returns. */
  settings?: { readonly [Key in SettingKey]?: SettingValue<Key> };
  /** False: no demo people and listings, only the administrator. */
  demo?: boolean;
  /** The level of Souk's log, which `output` returns. Default: warn. */
  log?: 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
  /** The gateway's port. The distributed topology also uses the ten that follow. Default: free ones. */
  port?: number;
}

/** Variables that a start sets, and what to use instead. */
const reserved: Readonly<Record<string, string>> = {
  PORT: 'Use the option port.',
  LOG_LEVEL: 'Use the option log.',
  DEMO: 'Use the option demo.',
  DATA_DIR: 'Each start has a data directory of its own.',
};
/** The administrator where there are no demo people: production refuses the demo's password. */
const plainAdministrator: Credentials = { email: demoAdmin, password: 'a long test password' };

/** The environment of Souk's process. @throws TypeError for a variable that has an option */
export function environmentOf(options: StartOptions): Record<string, string> {
  const { environment = {}, demo = true, log = 'warn', port = 0 } = options;
  for (const [name, advice] of Object.entries(reserved)) {
    if (name in environment) throw new TypeError(`The variable ${name} cannot be passed. ${advice}`);
  }
  const isProduction = environment['NODE_ENV'] === 'production';
  // A test needs no protection from power failures, and production refuses to do without.
  const hasOwnDatabase = !isProduction && !('DATABASE_URL' in environment);
  const hasDemo = demo && !isProduction;
  return {
    ...baseEnvironment(),
    PORT: String(port),
    LOG_LEVEL: log,
    // A database that Souk did not create gets demo data only on request.
    ...(hasDemo && { DEMO: 'on' }),
    ...(!demo && { DEMO: 'off' }),
    ...(!hasDemo && { ADMIN_EMAIL: plainAdministrator.email, ADMIN_PASSWORD: plainAdministrator.password }),
    ...(hasOwnDatabase && { DATABASE_FSYNC: 'off' }),
    ...environment,
  };
}

/** The administrator of a Souk with this environment. */
export function administratorOf(environment: Readonly<Record<string, string>>): Credentials {
  const { ADMIN_EMAIL: email = demoAdmin, ADMIN_PASSWORD: password = demoPassword } = environment;
  return { email, password };
}
