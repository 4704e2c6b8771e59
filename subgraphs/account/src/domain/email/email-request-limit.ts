import { networkOf } from '@souk/shared/client-network';
import { deleteInBatches } from '@souk/shared/db/batched-delete';
import type { EntityManager } from 'typeorm';
import { lockEmailRequests } from '../locks.js';
import { tooManyAttempts } from '../too-many-attempts.js';
import { hashEmail } from './email-address.js';

/** A request for an e-mail. */
export interface EmailRequest {
  /** The address that the e-mail would go to. It need not have an account. */
  email: string;
  /** The client's address. Unknown addresses (null) count as one network. */
  address: string | null;
}

/** E-mails that can be requested per hour. */
export const emailRequestsPerHour = {
  /** For one address from one network. */
  accountAndNetwork: 5,
  /** For one address from all networks: a stranger cannot flood a mailbox, nor use up its owner's requests. */
  account: 20,
  /** For all addresses from one network. */
  network: 100,
};

const hourMs = 60 * 60_000;

interface RequestCounts {
  accountAndNetwork: number;
  accountAndNetworkSince: Date | null;
  account: number;
  accountSince: Date | null;
  network: number;
  networkSince: Date | null;
}

/**
 * Counts a request for an e-mail, together with concurrent ones. Independent of whether the address has an account.
 * @throws Rejection TOO_MANY_ATTEMPTS
 */
export async function countEmailRequest(
  manager: EntityManager,
  { email, address }: EmailRequest,
  now: Date,
): Promise<void> {
  const network = networkOf(address);
  const accountHash = hashEmail(email);
  await lockEmailRequests(manager, network, email);
  const [counts]: RequestCounts[] = await manager.query(
    `SELECT count(*) FILTER (WHERE account_hash = $1 AND network = $2)::int AS "accountAndNetwork",
       min(at) FILTER (WHERE account_hash = $1 AND network = $2) AS "accountAndNetworkSince",
       count(*) FILTER (WHERE account_hash = $1)::int AS account,
       min(at) FILTER (WHERE account_hash = $1) AS "accountSince",
       count(*) FILTER (WHERE network = $2)::int AS network, min(at) FILTER (WHERE network = $2) AS "networkSince"
     FROM email_request WHERE (account_hash = $1 OR network = $2) AND at > $3`,
    [accountHash, network, subtractHour(now)],
  );
  if (!counts) throw new Error('The count of requests for e-mails returned no row.');
  const { accountAndNetwork, account, network: ofNetwork } = emailRequestsPerHour;
  const reject = (limit: string, since: Date | null): never => {
    const retryAt = new Date((since ?? now).getTime() + hourMs);
    throw tooManyAttempts(`At most ${limit} can be requested per hour. Try again`, retryAt, now);
  };
  if (counts.network >= ofNetwork) reject(`${ofNetwork} e-mails from one network`, counts.networkSince);
  if (counts.accountAndNetwork >= accountAndNetwork)
    reject(`${accountAndNetwork} e-mails to one address`, counts.accountAndNetworkSince);
  if (counts.account >= account)
    reject(`${account} e-mails to one address from all networks together`, counts.accountSince);
  await manager.query('INSERT INTO email_request (account_hash, network, at) VALUES ($1, $2, $3)', [
    accountHash,
    network,
    now,
  ]);
}

/** Deletes requests older than an hour: they no longer count. */
export async function purgeEmailRequests(manager: EntityManager, now: Date): Promise<void> {
  await deleteInBatches(
    manager,
    `DELETE FROM email_request WHERE id IN (
       SELECT id FROM email_request WHERE at <= $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [subtractHour(now)],
  );
}

function subtractHour(now: Date): Date {
  return new Date(now.getTime() - hourMs);
}
