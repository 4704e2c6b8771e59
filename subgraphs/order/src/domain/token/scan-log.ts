import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';

/** Outcome of a scan: the token was admitted, or the code of the refusal. */
export type ScanOutcome = string;

/** The outcome of a scan that admitted its token. */
export const admitted = 'ADMITTED';

/** Refused scans of a token that are stored. Beyond these, a repeated scan is judged anew. */
const maxStoredRefusals = 1_000;

/** A scan of a token. Ids are UUIDs. */
export interface Scan {
  tokenId: string;
  /** Chosen by the scanner for one scan. */
  nonce: string;
  scannerId: string;
  /** By the scanner's clock if it had no network, otherwise ours. */
  at: Date;
  offline: boolean;
}

/** Returns the outcome of the scan with this nonce; null if there was none. */
export async function findOutcome(
  manager: EntityManager,
  { tokenId, nonce }: Pick<Scan, 'tokenId' | 'nonce'>,
): Promise<ScanOutcome | null> {
  const [row]: { outcome: ScanOutcome }[] = await manager.query(
    'SELECT outcome FROM token_scan WHERE token_id = $1 AND nonce = $2',
    [tokenId, digestOf(nonce)],
  );
  return row?.outcome ?? null;
}

/** Stores a scan. The token's row must be locked. */
export async function recordScan(manager: EntityManager, scan: Scan, outcome: ScanOutcome): Promise<void> {
  await manager.query(
    `INSERT INTO token_scan (token_id, nonce, scanner_id, scanned_at, received_at, offline, outcome)
     SELECT $1, $2, $3, $4, clock_timestamp(), $5, $6
     WHERE $6 = $7 OR (SELECT count(*) FROM token_scan WHERE token_id = $1) < $8`,
    [
      scan.tokenId,
      digestOf(scan.nonce),
      scan.scannerId,
      scan.at,
      scan.offline,
      outcome,
      admitted,
      maxStoredRefusals,
    ],
  );
}

/** Scanners choose nonces of any length; the digest bounds what is stored. */
function digestOf(nonce: string): Buffer {
  return createHash('sha256').update(nonce).digest();
}
