import { subscribers } from '@souk/shared/contracts/subscribers';
import type { Json } from '@souk/shared/errors';
import type { EventDefinition, EventEnvelope, EventPayload, EventSet } from '@souk/shared/event';
import { eventEnvelope, eventMessageName, noCause, readPayload } from '@souk/shared/event';
import type { Message, SubgraphName } from '@souk/shared/message';
import type { MessageHandlers } from '@souk/shared/queue/message-worker';

let lastPosition = 0;
/** The last position sent to each subscriber about each aggregate. */
const lastSent = new Map<string, number>();

/** A message with an event as its owner sends it: the next of its aggregate. */
export function eventMessage<Event extends EventDefinition>(
  subscriber: SubgraphName,
  event: Event,
  aggregate: string,
  payload: EventPayload<Event>,
): Message {
  if (!subscribers[event.name]?.includes(subscriber))
    throw new Error(`${subscriber} does not subscribe to ${event.name}.`);
  const key = `${subscriber}/${event.owner}/${aggregate}`;
  const position = ++lastPosition;
  const previous = lastSent.get(key) ?? null;
  lastSent.set(key, position);
  const envelope: EventEnvelope = {
    owner: event.owner,
    position,
    previous,
    name: event.name,
    version: event.version,
    aggregate,
    at: new Date().toISOString(),
    cause: noCause,
    payload: payload as EventEnvelope['payload'],
  };
  return { queue: subscriber, name: eventMessageName, body: envelope };
}

/** Receives events in place of their subscriber, and confirms none. Others go back to the queue. */
export function eventReceiver<Events extends EventSet>(
  events: Events,
  receive: { [Key in keyof Events]: (payload: EventPayload<Events[Key]>, envelope: EventEnvelope) => void },
): MessageHandlers {
  return {
    [eventMessageName]: (body) => {
      const envelope = eventEnvelope.parse(body);
      const entries = Object.entries(events) as [keyof Events, EventDefinition][];
      const [key, event] = entries.find(([, { name }]) => name === envelope.name) ?? [];
      if (!key || !event) return Promise.reject(new Error(`${envelope.name} is for another receiver.`));
      receive[key](readPayload(event, envelope.version, envelope.payload as Json) as never, envelope);
      return Promise.resolve();
    },
  };
}
