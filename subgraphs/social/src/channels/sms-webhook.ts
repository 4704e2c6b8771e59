import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { MessageRefused } from './email-channel.js';
import type { SmsChannel } from './sms-channel.js';

/** A provider of text messages with Twilio's API. */
export interface SmsOptions {
  /** Origin of the API, `https://api.twilio.com` for instance. */
  url: string;
  /** Name of the account: the SID. */
  account: string;
  /** Secret of the account: signs the caller's requests and the provider's reports. */
  token: string;
  /** The sender: a number in E.164, or a name. */
  from: string;
}

/** Where the provider reports what became of messages. */
export const smsStatusPath = '/notifications/sms-status';

const timeoutMs = 10_000;
const refusal = z.object({ code: z.number().nullish(), message: z.string().nullish() });

/**
 * Codes about the recipient's number: it is no number (21211, 21614, 21217), no messages can be sent to it (21612, 30005,
 * 30006), or its owner has opted out (21610).
 */
const codesOfNumber = new Set([21211, 21217, 21610, 21612, 21614, 30005, 30006]);

/** Whether a provider's error code is about the number, and not about the message. */
export function isAboutNumber(code: number): boolean {
  return codesOfNumber.has(code);
}

/** Sends text messages by a provider's API. @param publicUrl origin at which the provider reaches Souk */
export function createSmsChannel({ url, account, token, from }: SmsOptions, publicUrl: string): SmsChannel {
  const messages = new URL(`/2010-04-01/Accounts/${encodeURIComponent(account)}/Messages.json`, url);
  const authorization = `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`;
  return {
    send: async ({ notificationId, to, text }) => {
      const response = await fetch(messages, {
        method: 'POST',
        headers: { authorization, accept: 'application/json' },
        body: new URLSearchParams({
          To: to,
          From: from,
          Body: text,
          StatusCallback: smsStatusUrl(publicUrl, notificationId),
        }),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const body: unknown = await response.json().catch(() => null);
      if (response.ok) return;
      const { code, message } = refusal.safeParse(body).data ?? {};
      const reason = `The provider answered ${response.status}: ${message ?? 'no reason'} (${code ?? 'no code'}).`;
      if (response.status !== 400) throw new Error(reason);
      throw new MessageRefused(reason, code != null && isAboutNumber(code));
    },
  };
}

/** Where the provider reports what became of the message of a notification. */
export function smsStatusUrl(publicUrl: string, notificationId: string): string {
  return `${publicUrl}${smsStatusPath}?notification=${notificationId}`;
}

/**
 * Whether the provider has signed a report, as Twilio does: HMAC-SHA1, in base64, of the URL and the sorted parameters.
 * @param url as it was given to the provider
 */
export function isSignedByProvider(
  token: string,
  url: string,
  parameters: Readonly<Record<string, string>>,
  signature: string,
): boolean {
  const names = Object.keys(parameters).sort((a, b) => (a < b ? -1 : 1));
  const text = url + names.map((name) => name + (parameters[name] ?? '')).join('');
  const expected = createHmac('sha1', token).update(text).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
