import { Router } from 'express';
import type { JsonWebKeySet } from '@souk/shared/auth/keys';

const freshSeconds = 300;

/** /.well-known/jwks.json: the public keys that verify access tokens. */
export function keySetRouter(keys: JsonWebKeySet): Router {
  const router = Router();
  router.get('/.well-known/jwks.json', (_request, response) => {
    response.set('Cache-Control', `public, max-age=${freshSeconds}`).json(keys);
  });
  return router;
}
