import type { Identity } from '@souk/shared/auth/identity';

/** The conditions of a field; all must hold. Any condition requires a valid token. */
export type AccessRequirement = readonly AccessCondition[];

/** Whether a caller holds a policy of the supergraph. */
export type HoldsPolicy = (policy: string, identity: Identity | null) => boolean;

/** The access rules of a supergraph, resolved for each field. */
export interface AccessRules {
  /** The requirement of a field of an object or interface type; null if the field is public. */
  requirementOf(type: string, field: string): AccessRequirement | null;
  /** The grant of a caller. */
  grantOf(identity: Identity | null): Grant;
  /** The scopes that the rules name. */
  readonly scopes: string;
}

/** The access of a caller. Callers with the same key have the same access. */
export interface Grant {
  key: string;
  isAnonymous: boolean;
  allows(requirement: AccessRequirement): boolean;
}

/** Alternative lists of scopes and prefixed policies. The caller must hold all entries of one list. */
export type AccessCondition = readonly (readonly string[])[];
