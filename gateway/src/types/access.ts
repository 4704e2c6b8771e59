import type { Identity } from '@souk/shared/auth/identity';

/** What a field asks of its caller: each of the conditions. Any at all asks for a valid token. */
export type AccessRequirement = readonly AccessCondition[];

/** Whether a policy that the supergraph names lets a caller pass. */
export type HoldsPolicy = (policy: string, identity: Identity | null) => boolean;

/** The access rules of a supergraph, settled for each field. */
export interface AccessRules {
  /** What a field of an object or interface type asks; null where it is open to all. */
  requirementOf(type: string, field: string): AccessRequirement | null;
  /** What a caller may see. */
  grantOf(identity: Identity | null): Grant;
  /** The scopes that the rules name. */
  readonly scopes: string;
}

/** What one caller may see. Callers with the same key may see the same. */
export interface Grant {
  key: string;
  isAnonymous: boolean;
  allows(requirement: AccessRequirement): boolean;
}

/** Lists of scopes, and of policies with their prefix, of which one must be held whole. */
export type AccessCondition = readonly (readonly string[])[];
