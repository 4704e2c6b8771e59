import type { Database } from '@souk/shared/db/database';
import { noCause } from '@souk/shared/event';
import type { Log } from '@souk/shared/log';
import type { Response, Router } from 'express';
import express from 'express';
import { unsubscribeFromEmail } from '../domain/notification/preference.js';
import type { UnsubscribeLinks } from '../domain/notification/unsubscribe-link.js';
import { unsubscribePath } from '../domain/notification/unsubscribe-link.js';

const policy = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * POST /notifications/unsubscribe?token=: switches the e-mails of one type off, at once and without a session, as mail
 * programs do it (RFC 8058). GET shows a page with a button: programs that scan links must not unsubscribe anybody.
 */
export function unsubscribeRouter(database: Database, links: UnsubscribeLinks, log: Log): Router {
  const router = express.Router();
  router.all(unsubscribePath, async (request, response) => {
    response.set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    const { token } = request.query;
    const subscription = typeof token === 'string' ? links.read(token) : null;
    if (request.method !== 'GET' && request.method !== 'POST') {
      response.set('allow', 'GET, POST').status(405).end();
      return;
    }
    if (!subscription) {
      sendPage(response, 404, 'This link is not valid', 'Copy the whole link from the e-mail.');
      return;
    }
    if (request.method === 'GET') {
      const form = '<form method="post"><button>Unsubscribe</button></form>';
      sendPage(response, 200, 'Unsubscribe?', 'You will get no more e-mails of this kind.', form);
      return;
    }
    try {
      await database.transact((manager, outbox) => unsubscribeFromEmail(manager, outbox, subscription), {
        ...noCause,
        actorId: subscription.userId,
      });
    } catch (error) {
      log.error({ err: error }, 'unsubscribing failed');
      sendPage(response, 503, 'Try again', 'The service is unavailable at the moment.');
      return;
    }
    sendPage(response, 200, 'Unsubscribed', 'You will get no more e-mails of this kind.');
  });
  return router;
}

function sendPage(response: Response, status: number, title: string, text: string, form = ''): void {
  response.set('content-security-policy', policy);
  response.status(status).type('html').send(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
</head>
<body>
<h1>${title}</h1>
<p>${text}</p>
${form}
</body>
</html>
`);
}
