import { createECDH } from 'node:crypto';
import { messageOf } from '@souk/shared/errors';
import webPush from 'web-push';
import type { Network } from './public-network.js';
import { AddressNotAllowed, PublicClient, publicNetwork } from './public-network.js';
import type { PushChannel, PushResult } from './push-channel.js';

/** How browsers are reached. */
export interface WebPushOptions {
  /** Key of P-256 that signs requests to push services (RFC 8292), 32 bytes in base64url. */
  vapidPrivateKey: string;
  /** Where the operators of push services reach the sender: a mailto: or https: URL. */
  vapidSubject: string;
  /** The internet where it is left out. */
  network?: Network;
}

/** A service stores a message for a browser that is offline for this time, in seconds. */
const timeToLive = 86_400;

/** The public key that browsers subscribe with, an uncompressed point in base64url. @throws for a text that is no key */
export function vapidPublicKey(privateKey: string): string {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(Buffer.from(privateKey, 'base64url'));
  return ecdh.getPublicKey('base64url', 'uncompressed');
}

/** Sends messages to the push services of browsers (RFC 8030), encrypted for each browser (RFC 8291). */
export function createWebPushChannel(options: WebPushOptions): PushChannel {
  const { vapidPrivateKey: privateKey, vapidSubject: subject, network = publicNetwork } = options;
  const vapidDetails = { subject, publicKey: vapidPublicKey(privateKey), privateKey };
  const client = new PublicClient(network);
  return {
    push: async ({ endpoint, p256dh, auth }, { topic, payload }) => {
      try {
        const { headers, body } = webPush.generateRequestDetails(
          { endpoint, keys: { p256dh, auth } },
          payload,
          { vapidDetails, TTL: timeToLive, topic, contentEncoding: 'aes128gcm' },
        );
        const { status } = await client.post(new URL(endpoint), {
          headers: textHeaders(headers),
          body,
        });
        return resultOf(status);
      } catch (error) {
        return error instanceof AddressNotAllowed
          ? { kind: 'gone', error: error.message }
          : { kind: 'failed', error: messageOf(error) };
      }
    },
    close: () => client.close(),
  };
}

function textHeaders(headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function resultOf(status: number): PushResult {
  const error = `The push service answered ${status}.`;
  if (status >= 200 && status < 300) return { kind: 'sent' };
  if (status === 404 || status === 410) return { kind: 'gone', error };
  // 401 and 403 may be a clock that is wrong, or a key that is being replaced.
  if (status === 400 || status === 413 || (status >= 300 && status < 400)) return { kind: 'refused', error };
  return { kind: 'failed', error };
}
