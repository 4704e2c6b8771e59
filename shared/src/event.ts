import { z } from 'zod';
import type { Json } from './errors.js';
import type { SubgraphName } from './message.js';
import { subgraphNames } from './message.js';

/**
 * An event as one value: a fact that its owner publishes and that any subgraph may subscribe to. The publisher and the
 * subscribers are checked against the same payload. Payloads hold plain JSON, as those of commands do.
 */
export interface EventDefinition<Payload extends z.ZodType = z.ZodType> {
  /** The subgraph that publishes it. */
  owner: SubgraphName;
  /** Unique among all events, in the past tense. */
  name: string;
  /** The version of `payload`, from 1. */
  version: number;
  payload: Payload;
  /** Turns a payload of version 1, 2, … into one of the next version: one function for each older version. */
  upgrades: readonly ((payload: Json) => Json)[];
  /** The message name under which releases before 0.2 sent the bare payload; null for later events. */
  legacyName: string | null;
}

/** The type of an event's payload. */
export type EventPayload<Event extends EventDefinition> = z.infer<Event['payload']>;

/** The events that a subgraph owns, or subscribes to, by name. */
export type EventSet = Readonly<Record<string, EventDefinition>>;

/**
 * Defines an event.
 * @param options `upgrades` turns payloads of older versions into the current one and thereby sets the version
 */
export function defineEvent<Payload extends z.ZodType>(
  owner: SubgraphName,
  name: string,
  payload: Payload,
  options: { upgrades?: readonly ((payload: Json) => Json)[]; legacyName?: string } = {},
): EventDefinition<Payload> {
  const upgrades = options.upgrades ?? [];
  return {
    owner,
    name,
    version: upgrades.length + 1,
    payload,
    upgrades,
    legacyName: options.legacyName ?? null,
  };
}

/**
 * Reads a payload that was published with any version up to the current one.
 * @throws for a newer version, which a newer process has to handle, and for a payload that does not match
 */
export function readPayload<Event extends EventDefinition>(
  event: Event,
  version: number,
  payload: Json,
): EventPayload<Event> {
  if (version > event.version)
    throw new Error(`${event.name} has version ${version}; this process knows ${event.version}.`);
  const current = event.upgrades.slice(version - 1).reduce((older, upgrade) => upgrade(older), payload);
  return event.payload.parse(current) as EventPayload<Event>;
}

/** The actor and the request that led to an event, for audit logs and traces. */
export interface Cause {
  /** The user (UUID) who acted; null for anonymous callers and for Souk itself. */
  actorId: string | null;
  /** The request, as `extensions.requestId` names it; null for work that no request began. */
  requestId: string | null;
  /** The client's IP address; null for an unknown one, and for work that goes on after its request. */
  clientAddress: string | null;
  /** W3C trace context; null without tracing. */
  traceparent: string | null;
}

/** The cause of what Souk does by itself. */
export const noCause: Cause = { actorId: null, requestId: null, clientAddress: null, traceparent: null };

/** A published event on its way to one subscriber. */
export const eventEnvelope = z.object({
  owner: z.enum(subgraphNames),
  /** The owner's number of this delivery: increases for each subscriber and aggregate. */
  position: z.int().min(1),
  /** The position of the same aggregate's event before this one, if the subscriber had not confirmed it yet. */
  previous: z.int().min(1).nullable(),
  name: z.string().min(1),
  version: z.int().min(1),
  /** The id of the entity that the event is about: events of one aggregate are handled in order. */
  aggregate: z.string().min(1).max(200),
  /** When it was published; ISO 8601 in UTC. */
  at: z.iso.datetime(),
  cause: z.object({
    actorId: z.string().nullable(),
    requestId: z.string().nullable(),
    // Absent in events of before.
    clientAddress: z.string().nullable().default(null),
    traceparent: z.string().nullable(),
  }),
  payload: z.json(),
});

/** The envelope's type. */
export type EventEnvelope = z.infer<typeof eventEnvelope>;

/** The name of messages that carry an event to a subscriber. */
export const eventMessageName = 'event';

/** The name of messages by which a subscriber confirms events to their owner. */
export const confirmationMessageName = 'eventsHandled';

/** Confirms that a subscriber has handled events, or has set them aside. */
export const eventConfirmation = z.object({ positions: z.array(z.int().min(1)).min(1).max(500) });
