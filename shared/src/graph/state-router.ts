import { Router } from 'express';
import type { ReadState, StateDefinition } from '../state.js';
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
