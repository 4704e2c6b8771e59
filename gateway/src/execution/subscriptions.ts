import { MappedEvents } from '@souk/shared/graph/mapped-events';
import type { FormattedExecutionResult } from 'graphql';
import type { GatewayContext } from '../request.js';
import { tracedEvent } from '../request-trace.js';
import type { AdmissionOptions } from './admission.js';
import { admit } from './admission.js';
import type { Answer, Answers } from './answers.js';
import { answerOf } from './answers.js';
import { askingOf } from './asking.js';
import type { Generation } from './generation.js';
import type { KnownOperation } from './operation.js';
import type { Subgraphs } from './subgraphs.js';

/** How subscriptions are run. */
export interface SubscriptionOptions extends AdmissionOptions {
  subgraphs: Subgraphs;
}

/** Runs subscriptions: the rest of the plan is run for each event of the subgraph. */
export class Subscriptions {
  readonly #options: SubscriptionOptions;

  constructor(options: SubscriptionOptions) {
    this.#options = options;
  }

  /** Begins one: its answers, or the one that refuses it. Never rejects for what a client asks, nor do its answers. */
  async subscribe(
    generation: Generation,
    known: KnownOperation,
    variables: Readonly<Record<string, unknown>>,
    context: GatewayContext,
  ): Promise<Answer | Answers> {
    context.scope.operation = known.operation.name?.value ?? null;
    const { refused } = await admit(generation, known, variables, context, this.#options);
    if (refused) return refused;
    const { subgraphs } = this.#options;
    const { cancellation, deadline, headers } = context;
    const compiled = generation.compiled(known, generation.rules.grantOf(context.identity));
    const { subscription } = compiled;
    const starting = { headers, deadline, cancellation, degraded: new Set<string>() };
    if (!subscription) {
      const asking = askingOf(subgraphs, starting, null, null);
      return answerOf(await compiled.run(variables, asking), starting.degraded);
    }
    const { operation, variablesOf, answer } = subscription;
    const timeMs = deadline - performance.now();
    const events = await subgraphs.subscribe(operation, variablesOf(variables), starting);
    return new MappedEvents<FormattedExecutionResult, Answer>(events, {
      map: (event) =>
        tracedEvent(context, async (headers) => {
          const degraded = new Set<string>();
          const caller = { headers, deadline: performance.now() + timeMs, cancellation, degraded };
          const outcome = await answer(event, variables, askingOf(subgraphs, caller, null, null));
          return answerOf(outcome, degraded);
        }),
    });
  }
}
