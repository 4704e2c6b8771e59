import { pipeline } from 'node:stream/promises';
import type { Log } from '@souk/shared/log';
import type { Router } from 'express';
import express from 'express';
import { mediaTypes } from '../domain/image/image-sizes.js';
import type { MediaStore } from '../media-store/media-store.js';
import { sendError } from './http-errors.js';

const namePattern = /^[0-9a-f]{40}$/;
const filePattern = /^[1-9]\d{0,3}\.(webp|avif)$/;

/**
 * GET /media/<name>/<width>.<format>: the files of uploaded pictures. Their content never changes, and all of it was
 * rendered here: WebP and AVIF, nothing that a browser would execute.
 */
export function mediaRouter(store: MediaStore, log: Log): Router {
  const router = express.Router();
  router.get('/media/:name/:file', async (request, response) => {
    const { name, file } = request.params;
    const extension = filePattern.exec(file)?.[1];
    if (!namePattern.test(name) || extension === undefined) {
      sendError(response, 404, 'NOT_FOUND', 'There is no such picture.');
      return;
    }
    response.set({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      // Pages of other origins may show pictures; the content is public.
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
    });
    try {
      const stored = await store.get(`${name}/${file}`);
      if (!stored) {
        sendError(response, 404, 'NOT_FOUND', 'There is no such picture.');
        return;
      }
      response.set({
        'content-type': mediaTypes[extension] ?? '',
        'cache-control': 'public, max-age=31536000, immutable',
        etag: `"${name.slice(0, 16)}-${file}"`,
      });
      if (request.fresh || request.method === 'HEAD') {
        stored.body.destroy();
        if (request.fresh) response.status(304);
        else response.set('content-length', String(stored.size));
        response.end();
        return;
      }
      response.set('content-length', String(stored.size));
      await pipeline(stored.body, response);
    } catch (error) {
      if (response.headersSent) {
        // The client is gone, or the store failed in the middle of the file.
        response.destroy();
        return;
      }
      log.error({ err: error, file: `${name}/${file}` }, 'media file not read');
      response.removeHeader('etag');
      sendError(response, 503, 'SERVICE_UNAVAILABLE', 'The picture is unavailable. Try again.');
    }
  });
  return router;
}
