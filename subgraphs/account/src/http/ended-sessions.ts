import type { ListEndedSessions } from '@souk/shared/auth/ended-sessions';
import { endedSessionsPath } from '@souk/shared/auth/ended-sessions';
import { Router } from 'express';

/** The door at which the gateway and the other subgraphs ask which sessions have ended: a part of the house alone. */
export function endedSessionsRouter(list: ListEndedSessions): Router {
  const router = Router();
  router.get(endedSessionsPath, async (request, response) => {
    const { since } = request.query;
    response.set('Cache-Control', 'no-store').json(await list(typeof since === 'string' ? since : null));
  });
  return router;
}
