import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import { isUuid } from '@souk/shared/ids';
import type { Log } from '@souk/shared/log';
import type { Router } from 'express';
import express from 'express';
import { isAboutNumber, isSignedByProvider, smsStatusPath, smsStatusUrl } from '../channels/sms-webhook.js';
import type { SmsReport } from '../domain/notification/sms-report.js';
import { recordSmsReport } from '../domain/notification/sms-report.js';

const maxBodyBytes = 10_000;

/**
 * POST /notifications/sms-status?notification=: the provider's reports, in Twilio's format. Those without its signature get
 * 403.
 * @param token the secret of the provider's account
 */
export function smsStatusRouter(
  { database, clock, log }: { database: Database; clock: Clock; log: Log },
  token: string,
  publicUrl: string,
): Router {
  const router = express.Router();
  router.post(
    smsStatusPath,
    express.text({ type: () => true, limit: maxBodyBytes }),
    async (request, response) => {
      const { notification } = request.query;
      const body: unknown = request.body;
      const parameters = Object.fromEntries(new URLSearchParams(typeof body === 'string' ? body : ''));
      const signature = request.get('x-twilio-signature') ?? '';
      if (typeof notification !== 'string' || !isUuid(notification)) {
        response.status(404).end();
        return;
      }
      if (!isSignedByProvider(token, smsStatusUrl(publicUrl, notification), parameters, signature)) {
        response.status(403).end();
        return;
      }
      const report = reportOf(notification, parameters);
      try {
        if (report) await recordSmsReport(database.reader, report, clock.now());
      } catch (error) {
        log.error({ err: error }, 'a report about a text message was not recorded');
        response.status(503).end();
        return;
      }
      response.status(204).end();
    },
  );
  return router;
}

/** Null for a status on the way. */
function reportOf(notificationId: string, parameters: Readonly<Record<string, string>>): SmsReport | null {
  const { MessageStatus: status, ErrorCode: code = '' } = parameters;
  if (status === 'delivered') return { notificationId, status: 'DELIVERED', error: null };
  if (status !== 'undelivered' && status !== 'failed') return null;
  return {
    notificationId,
    status: isAboutNumber(Number(code)) ? 'BOUNCED' : 'FAILED',
    error: `The provider reports: ${status} (${code === '' ? 'no code' : code}).`,
  };
}
