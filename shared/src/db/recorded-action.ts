import { hash } from 'node:crypto';
import type { AuditAction, RecordedAction } from '../contracts/audit.js';
import { auditedActions, auditEvents, maxAuditedCharacters } from '../contracts/audit.js';
import type { Cause } from '../event.js';
import { newId } from '../ids.js';
import type { Outbox } from './outbox.js';

/** Values of an object by their names in the API. Ids are TypeIDs; times may be `Date`, and addresses `URL`. */
export type AuditedValues = Readonly<Record<string, unknown>>;

/** The change that an audited action made. */
export interface ActionDetails {
  /** The changed values before; null for a new object. */
  before: AuditedValues | null;
  /** The changed values after; null for an object that is gone. */
  after: AuditedValues | null;
}

/** Longer texts are stored as their beginning, length and hash. */
const maxText = 500;
const excerptLength = 200;

/**
 * Records an audited action in the transaction that changes its target. Account adds it to the audit log, with the actor
 * and the request of the outbox, or of `cause`. Call it once for a change, and not where nothing changes. The values must
 * contain no password, token or secret, and no more personal data than the log needs: prefer ids.
 * @param targetId the UUID of the target, or its key if it has none
 */
export function recordAction(
  outbox: Outbox,
  action: AuditAction,
  targetId: string,
  { before, after }: ActionDetails,
  cause?: Cause,
): void {
  const { owner, target } = auditedActions[action];
  const payload = {
    id: newId(),
    action,
    targetType: target,
    targetId,
    before: storableValues(before),
    after: storableValues(after),
  };
  outbox.publish(auditEvents[owner], targetId, payload, cause);
}

/** Those values of two states that differ, for an audited update. */
export function changedValues(before: AuditedValues, after: AuditedValues): ActionDetails {
  const [from, to] = [storableValues(before) ?? {}, storableValues(after) ?? {}];
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter(
    (name) => JSON.stringify(from[name]) !== JSON.stringify(to[name]),
  );
  const pick = (values: AuditedValues): AuditedValues =>
    Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
  return { before: pick(from), after: pick(to) };
}

/** Plain JSON within the bounds of the log. */
function storableValues(values: AuditedValues | null): RecordedAction['before'] {
  if (values === null) return null;
  const shorten = (_name: string, value: unknown): unknown =>
    typeof value === 'string' && value.length > maxText ? excerptOf(value) : value;
  const text = JSON.stringify(values, shorten);
  if (text.length <= maxAuditedCharacters) return JSON.parse(text) as RecordedAction['before'];
  return { sha256: digestOf(text), characters: text.length };
}

function excerptOf(text: string): string {
  // By code points, so that no character is cut in two.
  const excerpt = Array.from(text.slice(0, maxText)).slice(0, excerptLength).join('');
  return `${excerpt}… (${text.length} characters, SHA-256 ${digestOf(text)})`;
}

function digestOf(text: string): string {
  return hash('sha256', text);
}
