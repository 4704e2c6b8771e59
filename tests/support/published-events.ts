import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Kind, parse } from 'graphql';
import type { AuditAction } from '@souk/shared/contracts/audit';
import { auditedActions, auditEvents } from '@souk/shared/contracts/audit';
import { Outbox } from '@souk/shared/db/outbox';
import type { PublishedEvent } from '@souk/shared/db/event-outbox';
import type { EventDefinition } from '@souk/shared/event';
import type { SubgraphApp } from '@souk/shared/graph/app';
import type { NotImplemented } from '@souk/shared/graph/schema';
import type { SubgraphName } from '@souk/shared/message';
import { actionOfMutation } from './audited-mutations.js';

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

/** An audited action that a mutation is expected to record. */
export interface ExpectedAction {
  action: AuditAction;
  /** UUID, or a key. */
  targetId: string;
  before: object | null;
  after: object | null;
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
  /** Returns the audited actions that it records, in order; none by default. */
  audits?: (payload: MutationPayload) => ExpectedAction[];
  /** Whether the same mutation, sent again, changes nothing. */
  repeatChangesNothing?: boolean;
}

/** The client's address, in the spelling of events. */
const address = '2001:db8::1';

/** Records the events of all transactions in this process, also of those that are rolled back. */
export class PublishedEvents {
  readonly #spy = jest.spyOn(Outbox.prototype, 'publish');

  /** The events so far, by transaction, without audited actions. */
  get all(): PublishedEvent[] {
    return this.#published.filter(({ event }) => !isAuditEvent(event));
  }

  /** The audited actions so far, by transaction. */
  get actions(): PublishedEvent[] {
    return this.#published.filter(({ event }) => isAuditEvent(event));
  }

  get #published(): PublishedEvent[] {
    const outboxes = new Set(this.#spy.mock.contexts as Outbox[]);
    return [...outboxes].flatMap(({ events }) => events);
  }

  stop(): void {
    this.#spy.mockRestore();
  }

  /** Runs a mutation, and checks its events, its audited actions, and their cause. */
  async expectFrom(app: Pick<SubgraphApp, 'execute'>, name: string, mutation: MutationCase): Promise<void> {
    const { actorId, publishes, audits = () => [], repeatChangesNothing = false } = mutation;
    const { payload, requestId } = await this.#run(app, mutation);
    const causes = this.#published.map(({ cause }) => cause).filter((cause) => cause.requestId === requestId);
    const addresses = new Set(causes.map((cause) => cause.clientAddress));
    // Events of a saga that the request starts have no address: the request may be over.
    addresses.delete(null);
    if (causes.length > 0) expect([...addresses]).toEqual([address]);
    expect(payload.userErrors).toEqual([]);
    const actor = typeof actorId === 'function' ? actorId(payload) : actorId;
    const expectedActions = audits(payload);
    expect(this.#actionsOf(requestId)).toEqual(
      expectedActions.map((expected) => ({
        ...expected,
        targetType: auditedActions[expected.action].target,
        aggregate: expected.targetId,
        actorId: actor,
      })),
    );
    const action = actionOfMutation(name);
    if (action !== null) expect(expectedActions.map((expected) => expected.action)).toContain(action);
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
    expect(this.#actionsOf(repeated.requestId)).toEqual([]);
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

  #actionsOf(requestId: string): object[] {
    return this.actions
      .filter(({ cause }) => cause.requestId === requestId)
      .map(({ aggregate, payload, cause }) => {
        const { id: _id, ...action } = payload as Record<string, unknown>;
        return { ...action, aggregate, actorId: cause.actorId };
      });
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

function isAuditEvent(event: EventDefinition): boolean {
  return Object.values<EventDefinition>(auditEvents).includes(event);
}
