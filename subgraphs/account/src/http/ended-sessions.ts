import type { EndedSession } from '@souk/shared/auth/ended-sessions';
import type { ReadState } from '@souk/shared/state';
import { Router } from 'express';

const legacyPath = '/internal/ended-sessions';

/** The list of ended sessions as processes of releases before 0.2 request it, which may run during an upgrade. */
export function endedSessionsRouter(read: ReadState<EndedSession>): Router {
  const router = Router();
  router.get(legacyPath, async (request, response) => {
    const { since } = request.query;
    const { items, next, more } = await read(typeof since === 'string' ? since : null);
    const idsOf = (kind: EndedSession['kind'], isEnded: boolean): string[] =>
      items.filter((item) => item.kind === kind && item.isEnded === isEnded).map(({ id }) => id);
    const sessions = idsOf('session', true);
    const users = idsOf('user', true);
    const reinstated = idsOf('user', false);
    response.set('Cache-Control', 'no-store').json({ sessions, users, reinstated, next, more });
  });
  return router;
}
