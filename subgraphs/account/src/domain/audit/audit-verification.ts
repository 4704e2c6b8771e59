import type { Queryable } from '@souk/shared/postgres';
import { chainStart, digestDetail, hashEntry } from './audit-chain.js';
import type { ChainedEntry } from './chained-entries.js';
import { findErasedUsers, readChainedEntries, readHead } from './chained-entries.js';
import type { ChainRange } from './chain-range.js';
import { findRange } from './chain-range.js';

/** A problem of the chain, as the API names it. */
export type ChainProblem =
  'ENTRY_CHANGED' | 'VALUES_CHANGED' | 'ENTRY_REMOVED' | 'ENTRY_REPLACED' | 'ENTRY_INSERTED' | 'END_CHANGED';

/** A place in the chain up to which it was checked. */
export interface ChainPosition {
  /** The last checked entry; 0 before the first one. */
  seq: number;
  /** Its hash, in hexadecimal. */
  hash: string;
  /** The entries checked so far. */
  checked: number;
}

/** The result of a check. */
export interface ChainCheck {
  /** Null if nothing was found. */
  problem: ChainProblem | null;
  /** The entry (UUID) at which the problem was found; null at the end of the chain. */
  brokenAt: string | null;
  checked: number;
  /** Where to go on; null if the check is complete. */
  next: ChainPosition | null;
  /** The entries of the whole log, and the hash of the last one, by its head. */
  head: { seq: number; hash: string };
}

/** Entries read at once. Hashing them takes about 10 ms, during which the process does nothing else. */
const pageSize = 2_000;

/**
 * Checks the entries of a time: the content of each, its values, and that it follows from the entry before it; if the
 * time is open-ended, also the end of the chain. Reads pages, so memory is bounded.
 * @param hasTime called after each page; false ends the check, which `next` continues
 */
export async function verifyChain(
  database: Queryable,
  { from, to, after }: { from: Date | null; to: Date | null; after: ChainPosition | null },
  hasTime: () => boolean,
): Promise<ChainCheck> {
  const head = await readHead(database);
  const range = await findRange(database, { from, to }, head.seq);
  let position = after ?? (await startOf(database, range));
  if (position === null) return { problem: 'ENTRY_REMOVED', brokenAt: null, checked: 0, next: null, head };
  const read = (seq: number): Promise<ChainedEntry[]> =>
    readChainedEntries(database, { after: seq, until: range.last, limit: pageSize });
  let page = await read(position.seq);
  for (;;) {
    // The database reads the next page while this one is hashed.
    const following = page.length < pageSize ? null : read(page.at(-1)?.seq ?? 0);
    following?.catch(() => undefined);
    const checked = checkPage(page, position);
    if ('problem' in checked) return { ...checked, next: null, head };
    const nextPage = await following;
    const stolen = await findTheft(database, page, position);
    if (stolen) return { ...stolen, next: null, head };
    position = checked;
    if (nextPage === null) break;
    page = nextPage;
    if (!hasTime()) return { problem: null, brokenAt: null, checked: position.checked, next: position, head };
  }
  const end = await checkEnd(database, position, range, head);
  return { brokenAt: null, problem: null, ...end, checked: position.checked, next: null, head };
}

/** The position before a range; null if the entry before it is missing. */
async function startOf(database: Queryable, { first }: ChainRange): Promise<ChainPosition | null> {
  // From the lowest number, so that an entry that was inserted before the first one is found.
  if (first === 1) return { seq: 0, hash: chainStart, checked: 0 };
  const [before] = await readChainedEntries(database, { after: first - 2, until: first - 1, limit: 1 });
  return before ? { seq: before.seq, hash: before.hash, checked: 0 } : null;
}

type Found = Pick<ChainCheck, 'brokenAt' | 'checked'> & { problem: ChainProblem };

function checkPage(entries: readonly ChainedEntry[], start: ChainPosition): ChainPosition | Found {
  let { seq, hash, checked } = start;
  for (const entry of entries) {
    const problem = problemOf(entry, { seq, hash });
    if (problem !== null) return { problem, brokenAt: entry.id, checked };
    ({ seq, hash } = entry);
    checked += 1;
  }
  return { seq, hash, checked };
}

/** Finds an entry without its values or its address, although the user's deletion is not in the log. */
async function findTheft(
  database: Queryable,
  entries: readonly ChainedEntry[],
  { checked }: ChainPosition,
): Promise<Found | null> {
  const erased = entries.filter((entry) => explanationsOf(entry).length > 0);
  const users = await findErasedUsers(database, erased);
  const stolen = erased.find(
    (entry) => !explanationsOf(entry).every((ids) => ids.some((id) => users.has(id))),
  );
  if (!stolen) return null;
  return { problem: 'VALUES_CHANGED', brokenAt: stolen.id, checked: checked + entries.indexOf(stolen) };
}

function problemOf(entry: ChainedEntry, before: Pick<ChainPosition, 'seq' | 'hash'>): ChainProblem | null {
  if (entry.seq !== before.seq + 1) return 'ENTRY_REMOVED';
  if (hashEntry(entry, entry.previousHash) !== entry.hash) return 'ENTRY_CHANGED';
  if (entry.previousHash !== before.hash) return 'ENTRY_REPLACED';
  const { change, changeSalt, changeDigest, clientAddress, addressSalt, addressDigest } = entry;
  return isAltered(change, changeSalt, changeDigest) || isAltered(clientAddress, addressSalt, addressDigest)
    ? 'VALUES_CHANGED'
    : null;
}

function isAltered(text: string | null, salt: string | null, digest: string | null): boolean {
  if (text === null && salt === null) return false;
  return text === null || salt === null || digestDetail(salt, text) !== digest;
}

/** For each part of an entry that is gone, the users of whom the deletion of any explains it. */
function explanationsOf({ actorId, targetId, ...entry }: ChainedEntry): string[][] {
  const actor = actorId ?? '';
  return [
    ...(entry.addressDigest !== null && entry.addressSalt === null ? [[actor]] : []),
    ...(entry.changeDigest !== null && entry.changeSalt === null ? [[targetId, actor]] : []),
  ];
}

/** Checks what follows the last entry of a range: the next entry, or the end of the chain. */
async function checkEnd(
  database: Queryable,
  { seq, hash }: ChainPosition,
  range: ChainRange,
  head: ChainCheck['head'],
): Promise<Pick<ChainCheck, 'problem' | 'brokenAt'> | null> {
  if (seq < range.last) return { problem: 'ENTRY_REMOVED', brokenAt: null };
  if (range.last < head.seq) {
    const [next] = await readChainedEntries(database, { after: seq, until: seq + 1, limit: 1 });
    if (!next) return { problem: 'ENTRY_REMOVED', brokenAt: null };
    return next.previousHash === hash ? null : { problem: 'ENTRY_REPLACED', brokenAt: next.id };
  }
  if (hash !== head.hash) return { problem: 'END_CHANGED', brokenAt: null };
  // Entries that were appended since have moved the head too.
  const [beyond]: { id: string }[] = await database.query(
    'SELECT e.id FROM audit_entry e WHERE e.seq > (SELECT seq FROM audit_head) ORDER BY e.seq LIMIT 1',
  );
  return beyond ? { problem: 'ENTRY_INSERTED', brokenAt: beyond.id } : null;
}
