import { rejectionsOf } from '@souk/shared/errors';
import type { Rejection } from '@souk/shared/errors';

/** Awaits `work` and returns its value, or its rejections, so that they can be reported with others. */
export async function catchRejections<Value>(
  work: Promise<Value>,
): Promise<{ value: Value; refusals: readonly [] } | { value: null; refusals: readonly Rejection[] }> {
  try {
    return { value: await work, refusals: [] };
  } catch (error) {
    const refusals = rejectionsOf(error);
    if (!refusals) throw error;
    return { value: null, refusals };
  }
}
