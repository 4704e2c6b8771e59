import type { Log } from '@souk/shared/log';
import { rejectionsOf } from '@souk/shared/errors';
import { toApiId } from '@souk/shared/ids';
import { activeTraceparent } from '@souk/shared/tracing';
import type { Request, Response, Router } from 'express';
import express from 'express';
import type { AcceptedContent } from '../domain/image/image-upload.js';
import { findUpload } from '../domain/image/image-upload.js';
import type { ImageStorage } from '../domain/image/stored-image.js';
import { storeImage } from '../domain/image/stored-image.js';
import type { ImageEntity } from '../entities/image.js';
import { requestIdOf, sendError } from './http-errors.js';
import { readFileOf, UnreadFile } from './request-file.js';

/** Uploads that one process receives at once, and of them those of one user: each holds its file in memory. */
const maxUploads = 8;
const maxUploadsPerUser = 2;
const retrySeconds = 5;
const receiveMs = 60_000;
/** Bytes of a refused body that are read, so that its sender sees the response; a larger one ends the connection. */
const maxDiscardedBytes = 100_000_000;

const statusOf: Readonly<Record<string, number>> = { INVALID: 422, CONFLICT: 409, NOT_FOUND: 404 };

/**
 * PUT /uploads/<token>: takes the file of an upload that `createImageUpload` permitted. The token in the path is the only
 * permission: there are no cookies, so a page of another site gains nothing by sending the request.
 */
export function uploadRouter(storage: ImageStorage, maxBytes: number, log: Log): Router {
  const router = express.Router();
  const active = new Map<string, number>();
  let count = 0;

  const receive = async (request: Request, response: Response, upload: ImageEntity): Promise<void> => {
    const { uploadedBy } = upload;
    const own = active.get(uploadedBy) ?? 0;
    if (count >= maxUploads || own >= maxUploadsPerUser) {
      response.set('retry-after', String(retrySeconds));
      refuse(request, response, { status: 503, code: 'SERVICE_UNAVAILABLE', message: busy });
      return;
    }
    count += 1;
    active.set(uploadedBy, own + 1);
    try {
      const file = await readFileOf(request, maxBytes, receiveMs);
      const cause = {
        actorId: uploadedBy,
        requestId: requestIdOf(response),
        // The event of `createImageUpload` has it.
        clientAddress: null,
        traceparent: activeTraceparent(),
      };
      const content = await storeImage(storage, upload, file, cause);
      response.status(201).set('cache-control', 'no-store').json(describe(upload.id, content));
    } finally {
      count -= 1;
      const left = (active.get(uploadedBy) ?? 1) - 1;
      if (left === 0) active.delete(uploadedBy);
      else active.set(uploadedBy, left);
    }
  };

  router.put('/uploads/:token', async (request, response) => {
    try {
      const upload = await findUpload(storage.database.reader, request.params.token);
      if (upload) await receive(request, response, upload);
      else refuse(request, response, { status: 404, code: 'NOT_FOUND', message: unknown });
    } catch (error) {
      const refusal = refusalOf(error, maxBytes);
      if (refusal.status === 500)
        log.error({ err: error, requestId: requestIdOf(response) }, 'upload failed');
      refuse(request, response, refusal);
    }
  });
  router.all('/uploads/:token', (request, response) => {
    response.set('allow', 'PUT');
    refuse(request, response, { status: 405, code: 'BAD_REQUEST', message: 'Send the file by PUT.' });
  });
  return router;
}

const busy = 'Too many uploads are being processed. Try again.';
const unknown = 'There is no such upload, or it has expired.';

interface Refusal {
  status: number;
  code: string;
  message: string;
}

function refusalOf(error: unknown, maxBytes: number): Refusal {
  const [rejection] = rejectionsOf(error) ?? [];
  if (rejection) {
    const { code, message } = rejection;
    return { status: statusOf[code] ?? 422, code, message };
  }
  if (!(error instanceof UnreadFile))
    return { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'The upload failed. Try again.' };
  if (error.reason === 'too large')
    return { status: 413, code: 'INVALID', message: `The file must have at most ${maxBytes} bytes.` };
  if (error.reason === 'too slow')
    return { status: 408, code: 'TIMEOUT', message: 'The upload took too long.' };
  return { status: 400, code: 'BAD_REQUEST', message: 'The upload was not complete.' };
}

/** Responds and discards what is left of the body. */
function refuse(request: Request, response: Response, { status, code, message }: Refusal): void {
  if (response.headersSent || response.destroyed) return;
  if (!request.complete) {
    const declared = Number(request.get('content-length') ?? Number.POSITIVE_INFINITY);
    if (declared > maxDiscardedBytes || status === 408) {
      response.set('connection', 'close');
      response.once('finish', () => request.destroy());
    }
    request.resume();
  }
  sendError(response, status, code, message);
}

/** The response to a successful upload. */
function describe(id: string, { width, height, placeholder, widths }: AcceptedContent): object {
  return { imageId: toApiId('image', id), width, height, widths, placeholder };
}
