import type { Json, Rejection } from '../errors.js';
import { rejectionsOf } from '../errors.js';

/** A refusal as GraphQL reads it: the mapper of UserError and of everything that implements it. */
export interface UserErrorData {
  __typename: string;
  code: string;
  message: string;
  field: string[] | null;
  [detail: string]: Json | undefined;
}

/** A refusal for a `userErrors` list. */
export function toUserError(
  rejection: Pick<Rejection, 'code' | 'message' | 'field' | 'typename' | 'details'>,
): UserErrorData {
  const { code, message, field, typename, details } = rejection;
  return { ...details, __typename: typename, code, message, field };
}

/**
 * A mutation's payload: what `work` answers, or `refused` with all refusals in `userErrors`. Faults are thrown on.
 */
export async function withUserErrors<Payload extends object, Refused extends object>(
  refused: Refused,
  work: () => Promise<Payload>,
): Promise<(Payload | Refused) & { userErrors: UserErrorData[] }> {
  try {
    return { ...(await work()), userErrors: [] };
  } catch (error) {
    const rejections = rejectionsOf(error);
    if (!rejections) throw error;
    return { ...refused, userErrors: rejections.map(toUserError) };
  }
}
