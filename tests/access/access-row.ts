import type { Scope } from '@souk/shared/auth/scopes';
import type { TestClient } from '@souk/testing/test-client';
import type { AccessObjects } from './access-objects.js';

/** Callers of the matrix, and how the page names them. */
export const roles = {
  anonymous: 'anonymous',
  owner: 'owner',
  otherUser: 'other user',
  partner: 'seller',
  otherPartner: 'other seller',
  administrator: 'administrator',
} as const;

/** One of the callers. */
export type Role = keyof typeof roles;

/**
 * Result of one call: OK, null (the field is null without an error), nothing (a list on the way is empty), or the code
 * of the error or refusal.
 */
export type Outcome = string;

/** Results by caller, and by token of a user that holds one scope alone. */
export interface Expected {
  byRole: Readonly<Record<Role, Outcome>>;
  /** A user with all scopes but these has the result of `otherUser`. */
  byScope: Readonly<Partial<Record<Scope, Outcome>>>;
  /** Why a code is neither OK nor about access. */
  reason: string | null;
}

/** Variables of a call, with the objects that they name. */
export type VariablesOf = (
  objects: AccessObjects,
) => Record<string, unknown> | Promise<Record<string, unknown>>;

/** An operation or a private field, its arguments, and who may use it. */
export interface AccessRow {
  expected: Expected;
  variables: VariablesOf;
  /** The object that has a private field, as a selection: `user(id: $id)`, `partner(id: $id) > statement > nodes`. */
  from: string | null;
  /** Whether callers act on themselves in a way that ends or changes them: each call has a caller of its own. */
  changesCaller: boolean;
  /** Causes an event of a subscription that has none at first; repeated until the event comes. */
  trigger: Trigger | null;
}

/** Causes an event that the caller receives. */
export type Trigger = (objects: AccessObjects, caller: TestClient) => Promise<void>;

/** Rows by coordinate, `Query.order`. Several rows of one field have a suffix: `Query.cart (a guest's)`. */
export type AccessTable = Readonly<Record<string, AccessRow>>;

const none: VariablesOf = () => ({});
const manyRoles = Object.keys(roles) as Role[];

/** The row of an operation. The variables are its arguments, and should leave the decision to access alone. */
export function operation(expected: Expected, variables: VariablesOf = none): AccessRow {
  return { expected, variables, from: null, changesCaller: false, trigger: null };
}

/** The row of an operation that ends the sessions of its caller, or can be called once by each. */
export function onCaller(expected: Expected, variables: VariablesOf = none): AccessRow {
  return { ...operation(expected, variables), changesCaller: true };
}

/** The row of a subscription whose first event has a cause. */
export function stream(expected: Expected, trigger: Trigger, variables: VariablesOf = none): AccessRow {
  return { ...operation(expected, variables), trigger };
}

/** The row of a private field of the object that `from` selects. */
export function field(from: string, expected: Expected, variables: VariablesOf): AccessRow {
  return { ...operation(expected, variables), from };
}

/** All callers. */
export function everybody(outcome: Outcome = 'OK'): Expected {
  const byRole = Object.fromEntries(manyRoles.map((role) => [role, outcome])) as Record<Role, Outcome>;
  return { byRole, byScope: {}, reason: null };
}

/** All callers with a token. */
export function signedIn(outcome: Outcome = 'OK'): Expected {
  return except(everybody(outcome), { anonymous: 'UNAUTHENTICATED' });
}

/** Holders of one of these scopes. @param granted what they get, where it is not OK */
export function holders(scopes: readonly Scope[], granted: Outcome = 'OK'): Expected {
  return among([], scopes, 'FORBIDDEN', granted);
}

/** The owner of the object and holders of one of these scopes. @param refusal what others get */
export function owner(refusal: Outcome, scopes: readonly Scope[] = []): Expected {
  return among(['owner'], scopes, refusal, 'OK');
}

/** The seller whose object it is and holders of one of these scopes. @param refusal what others get */
export function seller(refusal: Outcome, scopes: readonly Scope[] = [], granted: Outcome = 'OK'): Expected {
  return among(['partner'], scopes, refusal, granted);
}

/** Sellers and holders of catalog:manage, of what belongs to a seller. @param other what another seller gets */
export function sellers(other: Outcome = 'OK'): Expected {
  return except(seller('FORBIDDEN', ['catalog:manage']), { otherPartner: other });
}

/** Results that differ for some callers. @param reason why, where a code is not about access */
export function except(
  expected: Expected,
  byRole: Partial<Record<Role, Outcome>>,
  reason: string | null = expected.reason,
): Expected {
  return { ...expected, byRole: { ...expected.byRole, ...byRole }, reason };
}

/** Results that differ for holders of one scope alone. */
export function alone(expected: Expected, byScope: Partial<Record<Scope, Outcome>>): Expected {
  return { ...expected, byScope: { ...expected.byScope, ...byScope } };
}

/** With the reason of a code that is not about access. */
export function because(reason: string, expected: Expected): Expected {
  return { ...expected, reason };
}

function among(
  allowed: readonly Role[],
  scopes: readonly Scope[],
  refusal: Outcome,
  granted: Outcome,
): Expected {
  const isAdministrator = scopes.length > 0;
  return {
    ...except(signedIn(refusal), {
      ...Object.fromEntries(allowed.map((role) => [role, granted])),
      ...(isAdministrator && { administrator: granted }),
    }),
    byScope: Object.fromEntries(scopes.map((scope) => [scope, granted])),
  };
}
