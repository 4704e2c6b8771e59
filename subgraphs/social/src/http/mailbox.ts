import { isUuid } from '@souk/shared/ids';
import type { Router } from 'express';
import express from 'express';
import type { Mailbox, StoredEntry } from '../channels/mailbox.js';
import { mailboxSize } from '../channels/mailbox.js';
import { mailboxPage, messagePolicy, pagePolicy } from './mailbox-page.js';

/** Where the development mailbox is. */
export const mailboxPath = '/dev/mailbox';

const shownEntries = 100;

/**
 * GET /dev/mailbox: a page for browsers; for `Accept: application/json` all entries, newest first. It exists only outside
 * production and without an SMTP server.
 */
export function mailboxRouter(mailbox: Mailbox): Router {
  const router = express.Router();
  router.get(mailboxPath, async (request, response) => {
    response.set('cache-control', 'no-store').vary('accept');
    if (request.accepts(['html', 'json']) !== 'html') {
      const entries = await mailbox.list(mailboxSize);
      response.json(entries.map(publicEntry));
      return;
    }
    response.set('content-security-policy', pagePolicy);
    response.type('html').send(mailboxPage(await mailbox.list(shownEntries), mailboxPath));
  });
  router.get(`${mailboxPath}/:id`, async (request, response) => {
    const { id } = request.params;
    const entry = isUuid(id) ? await mailbox.find(id) : null;
    response.set({
      'cache-control': 'no-store',
      'content-security-policy': messagePolicy,
      // The mailbox frames it; the gateway forbids all frames.
      'x-frame-options': 'SAMEORIGIN',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    if (entry?.html == null) response.status(404).type('text').send('There is no such message.');
    else response.type('html').send(entry.html);
  });
  return router;
}

function publicEntry({ channel, to, subject, text, html, at }: StoredEntry): object {
  return { channel, to, subject, text, html, at };
}
