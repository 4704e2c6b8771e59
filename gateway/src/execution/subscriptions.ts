import { graphError } from '@souk/shared/graph/errors';
import { isConflatableEvent } from '@souk/shared/graph/subscription';
import { countLimit } from '@souk/shared/telemetry';
import type { FormattedExecutionResult } from 'graphql';
import { GraphQLError } from 'graphql';
import type { Cancellation } from '@souk/shared/cancellation';
import type { GatewayContext } from '../request.js';
import { tracedEvent } from '../request-trace.js';
import type { AdmissionOptions } from './admission.js';
import { admit } from './admission.js';
import type { Answer, Answers } from './answers.js';
import { answerOf, refusalOf } from './answers.js';
import { askingOf } from './asking.js';
import type { Generation } from './generation.js';
import type { CompiledSubscription, KnownOperation } from './operation.js';
import { callerOf } from './planning-caller.js';
import type { Told } from './ride.js';
import { callKey } from './runs.js';
import { SharedStreams } from './shared-streams.js';
import type { Subgraphs } from './subgraphs.js';

type Variables = Readonly<Record<string, unknown>>;

/** How subscriptions are run. */
export interface SubscriptionOptions extends AdmissionOptions {
  subgraphs: Subgraphs;
  /** What an event may take until it is told. */
  eventTimeoutMs: number;
  /** Whether identical subscriptions of one caller share a stream. */
  share: boolean;
}

/** The client who came first: a stream is opened, and its events are traced, on his behalf. */
interface Opener extends Pick<GatewayContext, 'scope' | 'headers' | 'deadline'> {
  cancellation: Cancellation;
}

/** Runs subscriptions: the rest of the plan is run for each event of the subgraph, once for all who share it. */
export class Subscriptions {
  readonly #options: SubscriptionOptions;
  readonly #streams = new SharedStreams<Answer>(tooSlow);

  constructor(options: SubscriptionOptions) {
    this.#options = options;
  }

  /** Begins one: its answers, or the one that refuses it. Never rejects for what a client asks, nor do its answers. */
  async subscribe(
    generation: Generation,
    known: KnownOperation,
    variables: Variables,
    context: GatewayContext,
  ): Promise<Answer | Answers> {
    context.scope.operation = known.operation.name?.value ?? null;
    try {
      return await this.#begin(generation, known, variables, context);
    } catch (error) {
      // It could not be planned.
      if (error instanceof GraphQLError) return refusalOf(error);
      throw error;
    }
  }

  async #begin(
    generation: Generation,
    known: KnownOperation,
    variables: Variables,
    context: GatewayContext,
  ): Promise<Answer | Answers> {
    const grant = generation.rules.grantOf(context.identity);
    const { refused } = await admit(generation, known, grant, variables, context, this.#options);
    if (refused) return refused;
    const { subgraphs, share } = this.#options;
    const { scope, cancellation, deadline, headers } = context;
    const compiled = await generation.compiled(known, grant, () => callerOf(context));
    const { subscription } = compiled;
    if (!subscription) {
      const caller = { headers, deadline, cancellation, degraded: new Set<string>() };
      return answerOf(
        await compiled.run(variables, askingOf(subgraphs, caller, null, null)),
        caller.degraded,
      );
    }
    const key = share ? callKey(generation, known, variables, context) : null;
    return this.#streams.join(key, cancellation, (ending) =>
      this.#open(subscription, variables, { scope, headers, deadline, cancellation: ending }),
    );
  }

  /** Nobody joins what began before now. */
  clear(): void {
    this.#streams.clear();
  }

  async #open(
    { operation, variablesOf, answer }: CompiledSubscription,
    variables: Variables,
    opener: Opener,
  ): Promise<AsyncIterator<Told<Answer>, undefined>> {
    const { subgraphs, eventTimeoutMs } = this.#options;
    const { headers, deadline, cancellation } = opener;
    const tell = (event: FormattedExecutionResult): Promise<Told<Answer>> =>
      tracedEvent(opener, async (headers) => {
        const degraded = new Set<string>();
        const caller = { headers, deadline: performance.now() + eventTimeoutMs, cancellation, degraded };
        const outcome = await answer(event, variables, askingOf(subgraphs, caller, null, null));
        return {
          value: answerOf(outcome, degraded),
          size: outcome.data.length,
          isChange: isConflatableEvent(event),
        };
      });
    return subgraphs.subscribe(operation, variablesOf(variables), { headers, deadline, cancellation }, tell);
  }
}

function tooSlow(): Answer {
  countLimit('lag');
  const message = 'More was told than was taken: the stream has to be opened again.';
  return refusalOf(graphError('SERVICE_UNAVAILABLE', message, { retryAfter: 1 }));
}
