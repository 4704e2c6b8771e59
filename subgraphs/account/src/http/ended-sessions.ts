import type { ListEndedSessions } from '@souk/shared/auth/ended-sessions';
import { endedSessionsPath } from '@souk/shared/auth/ended-sessions';
import { Router } from 'express';

/** Internal endpoint that lists ended sessions for the gateway and the other subgraphs. */
export function endedSessionsRouter(list: ListEndedSessions): Router {
  const router = Router();
  router.get(endedSessionsPath, async (request, response) => {
    const { since } = request.query;
    response.set('Cache-Control', 'no-store').json(await list(typeof since === 'string' ? since : null));
  });
  return router;
}
