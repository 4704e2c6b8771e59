import { fromString, fromUUID, getType, toUUID } from 'typeid-js';
import { v7, validate, version } from 'uuid';

/** The type prefixes of ids in the API. In databases ids are plain UUIDs. */
export type IdType =
  | 'user'
  | 'session'
  | 'addr'
  | 'partner'
  | 'passkey'
  | 'audit'
  | 'listing'
  | 'image'
  | 'offer'
  | 'seat'
  | 'venue'
  | 'category'
  | 'cart'
  | 'item'
  | 'checkout'
  | 'order'
  | 'line'
  | 'shipment'
  | 'token'
  | 'payment'
  | 'event'
  | 'refund'
  | 'dispute'
  | 'ledger'
  | 'notification'
  | 'activity'
  | 'template'
  | 'review';

/** A new UUIDv7: grows with time, so that indexes on it stay compact. */
export function newId(): string {
  return v7();
}

/** The API's id of a UUID: a TypeID, e.g. `user_01h455vb4pex5vsknk084sn02q`. */
export function toApiId(type: IdType, uuid: string): string {
  return fromUUID(uuid, type).toString();
}

/** The UUID of an API id, or null when it is malformed or of another type: such an id is an unknown id. */
export function fromApiId(type: IdType, id: string): string | null {
  try {
    const parsed = fromString(id);
    return getType(parsed) === type ? toUUID(parsed) : null;
  } catch {
    return null;
  }
}

/**
 * The time at which an id was created, by its creator's clock: the first 48 bits of a UUIDv7 (RFC 9562). Null for
 * others.
 */
export function madeAt(uuid: string): Date | null {
  if (!isUuid(uuid) || version(uuid) !== 7) return null;
  return new Date(Number.parseInt(uuid.replace('-', '').slice(0, 12), 16));
}

/** Whether a string is a UUID, for values that come from messages. */
export function isUuid(value: string): boolean {
  return validate(value);
}

/** The lowest UUIDv7 of a time: ids that were created before it are lower, those at it or later are not. */
export function firstIdAt(time: Date): string {
  const milliseconds = Math.min(Math.max(time.getTime(), 0), 2 ** 48 - 1);
  const hex = milliseconds.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
