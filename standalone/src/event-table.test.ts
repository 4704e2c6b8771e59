import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '@souk/shared/errors';
import { readPayload } from '@souk/shared/event';
import { generatedFiles, subscriptions } from './event-table.js';

it.each(generatedFiles())('$path follows from the declarations', ({ path, text }) => {
  expect(readFileSync(join(__dirname, '../..', path), 'utf8')).toBe(text);
});

/** Messages as release 0.1 stored and sent them, recorded from its own tests. */
const stored = JSON.parse(readFileSync(join(__dirname, 'stored-messages/0.1.json'), 'utf8')) as {
  queue: string;
  name: string;
  body: Json;
}[];

/** Payloads of events that have changed since, in their current version. */
const upgraded: Readonly<Record<string, (payload: Record<string, Json>) => Json>> = {
  paymentRefunded: ({ bySaga: _, ...payload }) => ({ disputed: 0, chargedBack: 0, ...payload }),
};

describe('messages that release 0.1 has sent', () => {
  it('are of all events that it had', () => {
    expect(new Set(stored.map(({ queue, name }) => `${name} to ${queue}`))).toEqual(
      new Set([
        'orderRefunded to social',
        'partnerVerified to catalog',
        'partnerVerified to order',
        'partnerVerified to payment',
        'paymentRefunded to order',
        'usersRegistered to social',
      ]),
    );
  });

  it.each(stored)('$name to $queue is read by its subscriber', ({ queue, name, body }) => {
    const { subscribedEvents = {}, retiredEvents = [] } = subscriptions[queue] ?? {};
    const event = [...Object.values(subscribedEvents), ...retiredEvents].find(
      ({ legacyName }) => legacyName === name,
    );
    if (!event) throw new Error(`${queue} neither subscribes to ${name} nor confirms it.`);
    expect(readPayload(event, 1, body)).toEqual(upgraded[name]?.(body as Record<string, Json>) ?? body);
  });
});
