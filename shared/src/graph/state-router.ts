import { Router } from 'express';
import type { ReadState, StateDefinition, StateItem } from '../state.js';
import { statePath } from '../state.js';

/** A state and how its owner reads it. */
export interface ServedState {
  state: StateDefinition;
  read: ReadState<unknown>;
}

/** Internal endpoints at which an owner lists its states for replicas in other processes. */
export function stateRouter(served: readonly ServedState[]): Router {
  const router = Router();
  for (const { state, read } of served) {
    router.get(statePath(state), async (request, response) => {
      const { since } = request.query;
      response.set('Cache-Control', 'no-store').json(await read(typeof since === 'string' ? since : null));
    });
  }
  return router;
}

/** The function that reads a state, for consumers in the owner's process. @throws for a state of another owner */
export function localState<State extends StateDefinition>(
  served: readonly ServedState[],
  state: State,
): ReadState<StateItem<State>> {
  const found = served.find(({ state: { name } }) => name === state.name);
  if (!found) throw new Error(`There is no state ${state.name} in this process.`);
  return found.read as ReadState<StateItem<State>>;
}
