import type { EntityManager } from 'typeorm';
import type { Database } from '../db/database.js';
import { advanceCursor, lockCursor, parkEvent, setAsideEvent, takeSetAside } from '../db/event-cursor.js';
import type { Outbox } from '../db/outbox.js';
import type { Json } from '../errors.js';
import { messageOf } from '../errors.js';
import type { Cause, EventDefinition, EventEnvelope, EventPayload, EventSet } from '../event.js';
import { confirmationMessageName, eventEnvelope, eventMessageName, noCause, readPayload } from '../event.js';
import type { SubgraphName } from '../message.js';
import type { MessageHandler, MessageHandlers } from '../queue/message-worker.js';

/** Metadata of an event. */
export interface EventMetadata {
  /** When it was published, by the owner's clock. */
  at: Date;
  cause: Cause;
}

/**
 * Applies an event, in the transaction that notes it as handled. An error is a fault: the event is tried again, later
 * events of its aggregate wait, and after the last attempt it is set aside alone.
 */
export type EventHandler<Event extends EventDefinition> = (
  manager: EntityManager,
  outbox: Outbox,
  payload: EventPayload<Event>,
  metadata: EventMetadata,
) => Promise<void>;

/** A handler for each of the events; a missing one does not compile. */
export type EventHandlers<Events extends EventSet> = {
  readonly [Key in keyof Events]: EventHandler<Events[Key]>;
};

interface Subscription {
  event: EventDefinition;
  handler: EventHandler<EventDefinition>;
}

/** An event that this process does not know, or knows in an older version only: a newer process handles it. */
class UnknownEvent extends Error {}

/**
 * The message handlers by which a subgraph receives the events that it subscribes to: each once and, for each aggregate,
 * in the order of their publication.
 * @param retired events that earlier versions subscribed to: those still on their way are confirmed without effect
 */
export function consumeEvents<Events extends EventSet>(
  subscriber: SubgraphName,
  database: Database,
  events: Events,
  handlers: EventHandlers<Events>,
  retired: readonly EventDefinition[] = [],
): MessageHandlers {
  const subscriptions: readonly Subscription[] = [
    ...Object.entries(events).flatMap(([key, event]) => {
      const handler = handlers[key];
      return handler ? [{ event, handler }] : [];
    }),
    ...retired.map((event) => ({ event, handler: () => Promise.resolve() })),
  ];
  const byName = new Map(subscriptions.map((subscription) => [subscription.event.name, subscription]));

  const apply = async (manager: EntityManager, outbox: Outbox, envelope: EventEnvelope): Promise<void> => {
    const { name, version, payload, at, cause } = envelope;
    const subscription = byName.get(name);
    if (!subscription || version > subscription.event.version)
      throw new UnknownEvent(`${subscriber} does not handle ${name} of version ${version}.`);
    const { event, handler } = subscription;
    await handler(manager, outbox, readPayload(event, version, payload as Json), {
      at: new Date(at),
      cause,
    });
  };
  const finish = async (manager: EntityManager, outbox: Outbox, envelope: EventEnvelope): Promise<void> => {
    for (const next of await advanceCursor(manager, envelope)) {
      outbox.add({ queue: subscriber, name: eventMessageName, body: next });
    }
    confirm(outbox, envelope);
  };

  const receive: MessageHandler = async (body, attempt) => {
    const envelope = eventEnvelope.parse(body);
    try {
      await database.transact(async (manager, outbox) => {
        const turn = await lockCursor(manager, envelope);
        if (turn === 'early') return parkEvent(manager, envelope);
        if (turn === 'repeated') {
          // An operator may have an event tried again that was set aside; later ones were handled meanwhile.
          if (await takeSetAside(manager, envelope)) await apply(manager, outbox, envelope);
          confirm(outbox, envelope);
          return;
        }
        await apply(manager, outbox, envelope);
        return finish(manager, outbox, envelope);
      }, envelope.cause);
    } catch (error) {
      if (attempt.last && !(error instanceof UnknownEvent)) await setAside(envelope, messageOf(error));
      throw error;
    }
  };
  /** The job stays among the failed ones of the queue too; later events of the aggregate go on. */
  const setAside = (envelope: EventEnvelope, error: string): Promise<void> =>
    database.transact(async (manager, outbox) => {
      if ((await lockCursor(manager, envelope)) !== 'now') return;
      await setAsideEvent(manager, envelope, error);
      await finish(manager, outbox, envelope);
    }, envelope.cause);

  return {
    [eventMessageName]: receive,
    ...Object.fromEntries(
      subscriptions.flatMap(({ event, handler }) =>
        event.legacyName === null ? [] : [[event.legacyName, receiveLegacy(database, event, handler)]],
      ),
    ),
  };
}

/** Releases before 0.2 sent the bare payload of version 1. */
function receiveLegacy(
  database: Database,
  event: EventDefinition,
  handler: EventHandler<EventDefinition>,
): MessageHandler {
  return async (body) => {
    const payload = readPayload(event, 1, body);
    await database.transact((manager, outbox) =>
      handler(manager, outbox, payload, { at: new Date(), cause: noCause }),
    );
  };
}

function confirm(outbox: Outbox, { owner, position }: EventEnvelope): void {
  outbox.addWakeUp({ queue: owner, name: confirmationMessageName, body: { positions: [position] } });
}
