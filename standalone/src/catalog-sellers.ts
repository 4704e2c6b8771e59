import type { Seller } from '@souk/catalog/domain/permissions';
import { fromApiId } from '@souk/shared/ids';
import { connect, queryableOf } from '@souk/shared/postgres';
import type { Client } from 'pg';
import type { LauncherConfig } from './config.js';
import { databaseAddress } from './database-address.js';

interface PartnerRow {
  id: string;
  owner_id: string;
  status: string;
}

/** The platform itself. */
const platform: Seller = { userId: null, managesAll: true, partnerId: null, verified: false };

/** The sellers whose catalogs a command reads or writes, by slug or TypeID of their partner. Reads each partner once. */
export class CatalogSellers {
  readonly #config: LauncherConfig;
  readonly #known = new Map<string, Seller | null>();
  #client: Client | null = null;

  constructor(config: LauncherConfig) {
    this.#config = config;
  }

  /**
   * The seller for whom a command runs: a verified partner with the permissions of its owner; undefined is the platform.
   * @throws Error for an unknown partner, and for one who is not verified
   */
  async ofCommand(partner: string | undefined): Promise<Seller> {
    if (partner === undefined) return platform;
    const found = await this.find(partner);
    if (!found) throw new Error(`There is no partner ${partner}.`);
    if (!found.verified) throw new Error(`The partner ${partner} is not verified.`);
    return found;
  }

  /**
   * Finds the seller of a record; null if there is no such partner. The listings of a partner who is not verified are
   * changed with the platform's permissions, as an administrator changes them.
   * @param partner null is the platform
   */
  async find(partner: string | null): Promise<Seller | null> {
    if (partner === null) return platform;
    const known = this.#known.get(partner);
    if (known !== undefined) return known;
    const read = await this.#read(partner);
    this.#known.set(partner, read);
    return read;
  }

  /** Ends the connection. */
  async close(): Promise<void> {
    await this.#client?.end();
    this.#client = null;
  }

  async #read(partner: string): Promise<Seller | null> {
    this.#client ??= await connect(await databaseAddress('account', this.#config));
    const rows = await queryableOf(this.#client).query(
      'SELECT id, owner_id, status FROM partner WHERE slug = $1 OR id = $2',
      [partner, fromApiId('partner', partner)],
    );
    const [found] = rows as PartnerRow[];
    if (!found) return null;
    return found.status === 'VERIFIED'
      ? { userId: found.owner_id, managesAll: false, partnerId: found.id, verified: true }
      : { userId: null, managesAll: true, partnerId: found.id, verified: false };
  }
}
