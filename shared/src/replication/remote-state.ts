import { z } from 'zod';
import type { ReadState, StateDefinition, StateItem } from '../state.js';
import { statePath } from '../state.js';

/** Timeout of the request to the owner, in milliseconds. */
export const stateTimeoutMs = 1_500;

/**
 * Reads a state from its owner in another process. `owner` is any URL of it; `headers` authenticate the request.
 */
export function remoteState<State extends StateDefinition>(
  state: State,
  owner: string,
  headers: Readonly<Record<string, string>>,
): ReadState<StateItem<State>> {
  const page = z.object({
    items: z.array(state.item),
    next: z.string(),
    more: z.boolean(),
    covers: z.object({ after: z.string().nullable(), until: z.string().nullable() }).optional(),
  });
  return async (since) => {
    const url = new URL(statePath(state), owner);
    if (since !== null) url.searchParams.set('since', since);
    const response = await fetch(url, {
      headers,
      // The secret is sent to the owner only.
      redirect: 'error',
      signal: AbortSignal.timeout(stateTimeoutMs),
    });
    if (!response.ok)
      throw new Error(`${state.owner} answered ${response.status} to the request for ${state.name}.`);
    const { items, ...rest } = page.parse(await response.json());
    return { items: items as StateItem<State>[], ...rest };
  };
}
