import type { AuditAction, AuditTarget } from '@souk/shared/contracts/audit';
import { auditedActions, auditTargets } from '@souk/shared/contracts/audit';
import { isIdCursor, readPage } from '@souk/shared/graph/pagination';
import { storedEnum } from '@souk/shared/graph/stored-enum';
import type { IdType } from '@souk/shared/ids';
import { fromApiId, isUuid, toApiId } from '@souk/shared/ids';
import type { AuditListFilter } from '../domain/audit/audit-list.js';
import { listEntries } from '../domain/audit/audit-list.js';
import { verifyChain } from '../domain/audit/audit-verification.js';
import { RemovedUser } from '../domain/identity/user.js';
import type { AuditEntryEntity } from '../entities/audit-entry.js';
import type {
  AuditAction as ApiAction,
  AuditEntryResolvers,
  AuditFilter,
  AuditTargetType,
  QueryResolvers,
  Resolvers,
} from '../generated/resolvers.js';
import { decodePosition, encodePosition } from './chain-cursor.js';

const defaultPage = 50;

/** The part of a request's remaining time that a check uses before it answers with what it has checked. */
const usedShare = 0.7;

/** The nil UUID, which no user has. */
const unknownUser = '00000000-0000-0000-0000-000000000000';

const auditQueries: Pick<QueryResolvers, 'auditLog' | 'verifyAuditLog'> = {
  auditLog: (_parent, { filter, ...page }, { database }) =>
    listEntries(database.reader, listFilterOf(filter ?? {}), readPage(page, isIdCursor, defaultPage)),
  verifyAuditLog: async (_parent, { from, to, after }, { database, work }) => {
    const endsAt = performance.now() + work.remainingMs * usedShare;
    const range = { from: from ?? null, to: to ?? null, after: decodePosition(after ?? null) };
    const check = await verifyChain(database.reader, range, () => performance.now() < endsAt);
    const { problem, brokenAt, checked, next, head } = check;
    return {
      valid: problem === null,
      checked,
      problem,
      brokenAt: brokenAt === null ? null : toApiId('audit', brokenAt),
      isComplete: next === null,
      endCursor: next && encodePosition(next),
      entryCount: head.seq,
      headHash: head.hash,
    };
  },
};

const auditFields: AuditEntryResolvers = {
  id: ({ id }) => toApiId('audit', id),
  at: ({ at }) => at,
  actor: async ({ actorId }, _arguments, { loaders }) =>
    actorId === null ? null : ((await loaders.users.load(actorId)) ?? new RemovedUser(actorId)),
  action: ({ action }) => actionOf(action),
  targetType: ({ targetType }) => targetTypeOf(targetType),
  targetId: (entry) => targetIdOf(entry),
  before: async ({ seq }, _arguments, { loaders }) =>
    (await loaders.auditDetails.load(seq))?.change?.before ?? null,
  after: async ({ seq }, _arguments, { loaders }) =>
    (await loaders.auditDetails.load(seq))?.change?.after ?? null,
  ipAddress: async ({ seq }, _arguments, { loaders }) =>
    (await loaders.auditDetails.load(seq))?.clientAddress ?? null,
  position: ({ seq }) => Number(seq),
  hash: ({ hash }) => hash.toString('hex'),
  previousHash: ({ previousHash }) => previousHash.toString('hex'),
};

const actionOf = storedEnum<AuditAction, ApiAction>(itself(auditedActions));
const targetTypeOf = storedEnum<AuditTarget, AuditTargetType>(itself(auditTargets));

/** The log stores the names that the API has. */
function itself<Name extends string>(
  names: Readonly<Record<Name, unknown>>,
): { readonly [Key in Name]: Key } {
  return Object.fromEntries(Object.keys(names).map((name) => [name, name])) as { [Key in Name]: Key };
}

function targetIdOf({ targetType, targetId }: AuditEntryEntity): string {
  const prefixes: Readonly<Record<string, IdType | null>> = auditTargets;
  const prefix = prefixes[targetType] ?? null;
  return prefix !== null && isUuid(targetId) ? toApiId(prefix, targetId) : targetId;
}

function listFilterOf({ actorId, targetId, ...filter }: AuditFilter): AuditListFilter {
  return {
    ...filter,
    actorId: actorId ? (fromApiId('user', actorId) ?? unknownUser) : null,
    targetId: targetId ? uuidOfTarget(targetId) : null,
  };
}

/** The UUID in a TypeID of any type of target; another text is a key. */
function uuidOfTarget(apiId: string): string {
  const types: readonly (IdType | null)[] = Object.values(auditTargets);
  const uuids = types.flatMap((type) => (type === null ? [] : (fromApiId(type, apiId) ?? [])));
  return uuids[0] ?? apiId;
}

/** Resolvers of the audit log. */
export const auditResolvers: Resolvers = { Query: auditQueries, AuditEntry: auditFields };
