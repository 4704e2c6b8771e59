import type { Queryable } from '@souk/shared/postgres';

/** The hash of an entry as it was noted outside of the database. */
export interface Anchor {
  /** The place in the chain, from 1. */
  position: number;
  /** Hexadecimal. */
  hash: string;
}

/** Of the anchors, those whose entry has another hash, or is missing. */
export async function findBrokenAnchors(database: Queryable, anchors: readonly Anchor[]): Promise<Anchor[]> {
  const rows: { seq: string; hash: string }[] = await database.query(
    `SELECT seq, encode(hash, 'hex') AS hash FROM audit_entry WHERE seq = ANY($1)`,
    [anchors.map(({ position }) => position)],
  );
  const hashes = new Map(rows.map(({ seq, hash }) => [Number(seq), hash]));
  return anchors.filter(({ position, hash }) => hashes.get(position) !== hash);
}
