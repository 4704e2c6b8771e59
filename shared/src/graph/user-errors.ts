import type { Json, Rejection } from '../errors.js';
import { rejectionsOf } from '../errors.js';

/** A rejection as GraphQL reads it: the mapper of UserError and its implementations. */
export interface UserErrorData {
  __typename: string;
  code: string;
  message: string;
  field: string[] | null;
  [detail: string]: Json | undefined;
}

type Refusal = Pick<Rejection, 'code' | 'message' | 'field' | 'typename' | 'details'>;

/** Maximum number of rejections in an answer, and of items in a list of a rejection. */
const maxErrors = 100;
/** Steps of a path into the input. */
const maxPath = 10;

/** Rejections as user errors: the first 100. */
export function toUserErrors(rejections: readonly Refusal[]): UserErrorData[] {
  return rejections.slice(0, maxErrors).map(toUserError);
}

/** A rejection as a user error. */
export function toUserError(rejection: Refusal): UserErrorData {
  const { code, message, field, typename, details } = rejection;
  const bounded = Object.entries(details).map(([name, detail]) => [
    name,
    Array.isArray(detail) ? detail.slice(0, maxErrors) : detail,
  ]);
  return {
    ...(Object.fromEntries(bounded) as typeof details),
    __typename: typename,
    code,
    message,
    field: field && field.slice(0, maxPath),
  };
}

/** A mutation's payload: the result of `work`, or `refused` with all rejections in `userErrors`. Faults are thrown. */
export async function withUserErrors<Payload extends object, Refused extends object>(
  refused: Refused,
  work: () => Promise<Payload>,
): Promise<(Payload | Refused) & { userErrors: UserErrorData[] }> {
  try {
    return { ...(await work()), userErrors: [] };
  } catch (error) {
    const rejections = rejectionsOf(error);
    if (!rejections) throw error;
    return { ...refused, userErrors: toUserErrors(rejections) };
  }
}
