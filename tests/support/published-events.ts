import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Kind, parse } from 'graphql';
import { Outbox } from '@souk/shared/db/outbox';
import type { PublishedEvent } from '@souk/shared/db/event-outbox';
import type { EventDefinition } from '@souk/shared/event';
import type { SubgraphApp } from '@souk/shared/graph/app';
import type { NotImplemented } from '@souk/shared/graph/schema';
import type { SubgraphName } from '@souk/shared/message';

/** The names of the mutations that a subgraph implements. */
export function implementedMutations(subgraph: SubgraphName, notImplemented: NotImplemented): string[] {
  const file = path.join(__dirname, '../../subgraphs', subgraph, 'src/schema.graphql');
  const { definitions } = parse(readFileSync(file, 'utf8'));
  return definitions
    .flatMap((definition) =>
      (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION) &&
      definition.name.value === 'Mutation'
        ? (definition.fields ?? []).map(({ name }) => name.value)
        : [],
    )
    .filter((name) => !(notImplemented as readonly string[]).includes(`Mutation.${name}`))
    .sort();
}

/** An event that a mutation is expected to publish. */
export interface ExpectedEvent {
  event: EventDefinition;
  aggregate: string;
  /** Fields of the payload. */
  payload: object;
}

/** The payload of a mutation, with the selected fields. */
export type MutationPayload = Record<string, unknown> & { userErrors: { code: string }[] };

/** A mutation that changes something, with prepared variables. */
export interface MutationCase {
  /** One field, with variables. */
  query: string;
  variables?: Record<string, unknown>;
  /** The authorization header; null for an anonymous caller. */
  authorization: string | null;
  /** UUID of the user who acts; a user whom the mutation creates follows from its payload. */
  actorId: string | null | ((payload: MutationPayload) => string);
  /** Returns the events that it publishes, in order. */
  publishes: (payload: MutationPayload) => ExpectedEvent[];
  /** Whether the same mutation, sent again, changes nothing. */
  repeatChangesNothing?: boolean;
}

/** The client's address, in the spelling of events. */
const address = '2001:db8::1';

/** Records the events of all transactions in this process, also of those that are rolled back. */
export class PublishedEvents {
  readonly #spy = jest.spyOn(Outbox.prototype, 'publish');

  /** The events so far, by transaction. */
  get all(): PublishedEvent[] {
    const outboxes = new Set(this.#spy.mock.contexts as Outbox[]);
    return [...outboxes].flatMap(({ events }) => events);
  }

  stop(): void {
    this.#spy.mockRestore();
  }

  /** Runs a mutation, and checks its events and their cause. */
  async expectFrom(app: Pick<SubgraphApp, 'execute'>, mutation: MutationCase): Promise<void> {
    const { actorId, publishes, repeatChangesNothing = false } = mutation;
    const { payload, requestId } = await this.#run(app, mutation);
    for (const { cause } of this.all)
      if (cause.requestId === requestId) expect(cause.clientAddress).toBe(address);
    expect(payload.userErrors).toEqual([]);
    const actor = typeof actorId === 'function' ? actorId(payload) : actorId;
    expect(this.#of(requestId)).toEqual(
      publishes(payload).map(({ event, aggregate, payload: expected }) => ({
        name: event.name,
        aggregate,
        payload: expect.objectContaining(expected) as unknown,
        actorId: actor,
      })),
    );
    if (!repeatChangesNothing) return;
    const repeated = await this.#run(app, mutation);
    expect(this.#of(repeated.requestId)).toEqual([]);
  }

  async #run(
    app: Pick<SubgraphApp, 'execute'>,
    { query, variables, authorization }: MutationCase,
  ): Promise<{ payload: MutationPayload; requestId: string }> {
    const requestId = randomUUID();
    const { data, errors } = await app.execute({
      query,
      variables,
      headers: {
        'x-request-id': requestId,
        'x-forwarded-for': address,
        ...(authorization !== null && { authorization }),
      },
    });
    expect(errors).toBeUndefined();
    return { payload: Object.values(data ?? {})[0] as MutationPayload, requestId };
  }

  #of(requestId: string): object[] {
    return this.all
      .filter(({ cause }) => cause.requestId === requestId)
      .map(({ event, aggregate, payload, cause }) => ({
        name: event.name,
        aggregate,
        payload,
        actorId: cause.actorId,
      }));
  }
}
