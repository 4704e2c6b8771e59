import type { Seller } from '@souk/catalog/domain/permissions';
import { fromApiId } from '@souk/shared/ids';
import { connect, queryableOf } from '@souk/shared/postgres';
import type { LauncherConfig } from './config.js';
import { databaseAddress } from './database-address.js';

interface PartnerRow {
  id: string;
  owner_id: string;
  status: string;
}

/** The platform itself. */
const platform: Seller = { userId: null, managesAll: true, partnerId: null, verified: false };

/**
 * The seller whose catalog a command reads or writes: a partner by slug or TypeID, with the permissions of its owner;
 * undefined is the platform. @throws Error for an unknown partner, and for one who is not verified
 */
export async function catalogSeller(partner: string | undefined, config: LauncherConfig): Promise<Seller> {
  if (partner === undefined) return platform;
  const client = await connect(await databaseAddress('account', config));
  try {
    const rows = await queryableOf(client).query(
      'SELECT id, owner_id, status FROM partner WHERE slug = $1 OR id = $2',
      [partner, fromApiId('partner', partner)],
    );
    const [found] = rows as PartnerRow[];
    if (!found) throw new Error(`There is no partner ${partner}.`);
    if (found.status !== 'VERIFIED') throw new Error(`The partner ${partner} is not verified.`);
    return { userId: found.owner_id, managesAll: false, partnerId: found.id, verified: true };
  } finally {
    await client.end();
  }
}
