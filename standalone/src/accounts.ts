import { findAdministrators } from '@souk/account/domain/identity/administrator';
import { connect, queryableOf } from '@souk/shared/postgres';
import type { AccountFacts } from './banner.js';
import type { LauncherConfig } from './config.js';
import type { Runtime } from './runtime.js';

/** Reads from account's database which accounts the operator can use. */
export async function readAccounts(config: LauncherConfig, runtime: Runtime): Promise<AccountFacts> {
  const { demo, admin } = runtime;
  const client = await connect(runtime.databaseOf('account'));
  try {
    const { exists, includesEmail } = await findAdministrators(queryableOf(client), admin?.email ?? null);
    return {
      hasDemo: demo.state !== 'none',
      canHaveDemo: !config.production,
      adminEmail: includesEmail ? (admin?.email ?? null) : null,
      isAdminGiven: config.admin !== null,
      hasAdministrator: exists,
    };
  } finally {
    await client.end();
  }
}
