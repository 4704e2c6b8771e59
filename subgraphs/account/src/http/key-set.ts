import { Router } from 'express';
import type { JsonWebKeySet } from '@souk/shared/auth/keys';

const maxAgeSeconds = 300;

/** Serves /.well-known/jwks.json: the public keys that verify access tokens. */
export function keySetRouter(keys: JsonWebKeySet): Router {
  const router = Router();
  router.get('/.well-known/jwks.json', (_request, response) => {
    response.set('Cache-Control', `public, max-age=${maxAgeSeconds}`).json(keys);
  });
  return router;
}
