import { Unavailable } from '@souk/shared/errors';
import type { Log } from '@souk/shared/log';
import type { Request, RequestHandler, Response, Router } from 'express';
import express from 'express';
import { ticketPaths } from '../domain/ticket/ticket-link.js';
import type { TicketFiles } from '../ticket-files.js';

/** Headers of all responses: what a link opens is private, and its address must not leave the browser. */
const headers = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
};

/**
 * GET /tickets/ticket.pdf?token= and /tickets/event.ics?token=: the files of a purchase token, without a session. A link that
 * was not made here, of a former holder, or of a revoked token is 404.
 */
export function ticketRouter(files: TicketFiles, log: Log): Router {
  const router = express.Router();
  router.all(
    ticketPaths.pdf,
    handler(log, async (link, request, response) => {
      const pdf = await files.pdf(link, languagesOf(request));
      if (!pdf) return false;
      response.type('application/pdf').set('content-disposition', 'attachment; filename="ticket.pdf"');
      response.send(pdf);
      return true;
    }),
  );
  router.all(
    ticketPaths.calendar,
    handler(log, async (link, request, response) => {
      const calendar = await files.calendar(link, languagesOf(request));
      if (calendar === null) return false;
      response.type('text/calendar').set('content-disposition', 'attachment; filename="event.ics"');
      response.send(calendar);
      return true;
    }),
  );
  return router;
}

/** @param send sends the file; false if the link opens none */
function handler(
  log: Log,
  send: (link: string, request: Request, response: Response) => Promise<boolean>,
): RequestHandler {
  return async (request, response) => {
    response.set(headers);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.set('allow', 'GET, HEAD').status(405).end();
      return;
    }
    const { token } = request.query;
    try {
      if (typeof token === 'string' && (await send(token, request, response))) return;
      response.status(404).type('text/plain').send('This link is not valid, or no longer.\n');
    } catch (error) {
      if (!(error instanceof Unavailable)) log.error({ err: error }, 'a ticket could not be made');
      response.status(503).set('retry-after', '5').type('text/plain').send('Try again in a moment.\n');
    }
  };
}

/** The client's languages, the preferred one first. */
function languagesOf(request: Request): string[] {
  return request.acceptsLanguages().filter((language) => language !== '*');
}
