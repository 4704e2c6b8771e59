import { graphError } from '@souk/shared/graph/errors';
import { isConflatableEvent } from '@souk/shared/graph/subscription';
import { countLimit } from '@souk/shared/telemetry';
import type { FormattedExecutionResult } from 'graphql';
import { GraphQLError } from 'graphql';
import type { Cancellation } from '@souk/shared/cancellation';
import type { GatewayContext } from '../../types/request.js';
import { sharedHeaders } from '../../types/request.js';
import { tracedEvent } from './event-trace.js';
import type { OperationLimitOptions } from './operation-limits.js';
import { checkOperationLimits } from './operation-limits.js';
import type { GraphQLResponse, ResponseStream } from '../../types/graphql-response.js';
import { toResponse, errorResponse } from '../../types/graphql-response.js';
import { createFetcher } from './subgraph-fetcher.js';
import type { SchemaSnapshot } from '../schema-snapshot.js';
import type { CompiledSubscription } from './compiled-operation.js';
import type { KnownOperation } from '../../types/operation.js';
import { callerOf } from '../plan/planning-caller.js';
import type { StreamEvent } from './stream-subscriber.js';
import { callKey } from './operation-executor.js';
import { MulticastStreams } from './multicast-stream.js';
import type { Subgraphs } from '../../subgraph/subgraphs.js';

type Variables = Readonly<Record<string, unknown>>;

/** How subscriptions are run. */
export interface SubscriptionOptions extends OperationLimitOptions {
  subgraphs: Subgraphs;
  /** Timeout of one event. */
  eventTimeoutMs: number;
  /** Whether identical subscriptions of one caller share a stream. */
  share: boolean;
}

/** The first client of a stream. The stream is opened and its events are traced on their behalf. */
interface Opener extends Pick<GatewayContext, 'scope' | 'headers' | 'deadline'> {
  cancellation: Cancellation;
}

/** Runs subscriptions: the rest of the plan is run for each event of the subgraph, once for all who share it. */
export class SubscriptionExecutor {
  readonly #options: SubscriptionOptions;
  readonly #streams = new MulticastStreams<GraphQLResponse>(tooSlow);

  constructor(options: SubscriptionOptions) {
    this.#options = options;
  }

  /** Starts a subscription. Returns its responses, or the one that refuses it. Client errors do not reject. */
  async subscribe(
    snapshot: SchemaSnapshot,
    known: KnownOperation,
    variables: Variables,
    context: GatewayContext,
  ): Promise<GraphQLResponse | ResponseStream> {
    context.scope.operation = known.operation.name?.value ?? null;
    try {
      return await this.#begin(snapshot, known, variables, context);
    } catch (error) {
      // It could not be planned.
      if (error instanceof GraphQLError) return errorResponse(error);
      throw error;
    }
  }

  async #begin(
    snapshot: SchemaSnapshot,
    known: KnownOperation,
    variables: Variables,
    context: GatewayContext,
  ): Promise<GraphQLResponse | ResponseStream> {
    const grant = snapshot.rules.grantOf(context.identity);
    const variant = snapshot.variants.of(known, grant, variables, context.scope);
    const { refused } = await checkOperationLimits(
      { snapshot, known, variant, variables },
      context,
      this.#options,
    );
    if (refused) return refused;
    const { subgraphs, share } = this.#options;
    const { scope, cancellation, deadline } = context;
    // A stream that others may join is opened without headers of one client.
    const headers = share ? sharedHeaders(context.headers) : context.headers;
    const compiled = await snapshot.compiled(known, variant, () => callerOf(context));
    const { subscription } = compiled;
    if (!subscription) {
      const caller = { headers, deadline, cancellation, degraded: new Set<string>() };
      return toResponse(
        await compiled.run(variables, createFetcher(subgraphs, caller, null, null)),
        caller.degraded,
      );
    }
    const key = share ? callKey(snapshot, known, variables, { ...context, headers }) : null;
    return this.#streams.join(key, cancellation, (ending) =>
      this.#open(subscription, variables, { scope, headers, deadline, cancellation: ending }),
    );
  }

  /** Later subscribers do not join streams that opened before now. */
  clear(): void {
    this.#streams.clear();
  }

  async #open(
    { operation, variablesOf, answer }: CompiledSubscription,
    variables: Variables,
    opener: Opener,
  ): Promise<AsyncIterator<StreamEvent<GraphQLResponse>, undefined>> {
    const { subgraphs, eventTimeoutMs } = this.#options;
    const { headers, deadline, cancellation } = opener;
    const toStreamEvent = (event: FormattedExecutionResult): Promise<StreamEvent<GraphQLResponse>> =>
      tracedEvent(opener, async (headers) => {
        const degraded = new Set<string>();
        const caller = { headers, deadline: performance.now() + eventTimeoutMs, cancellation, degraded };
        const outcome = await answer(event, variables, createFetcher(subgraphs, caller, null, null));
        return {
          value: toResponse(outcome, degraded),
          size: outcome.data.length,
          isChange: isConflatableEvent(event),
        };
      });
    return subgraphs.subscribe(
      operation,
      variablesOf(variables),
      { headers, deadline, cancellation },
      toStreamEvent,
    );
  }
}

function tooSlow(): GraphQLResponse {
  countLimit('lag');
  const message = 'The client read events too slowly. Open the stream again.';
  return errorResponse(graphError('SERVICE_UNAVAILABLE', message, { retryAfter: 1 }));
}
