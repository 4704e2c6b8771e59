import { BoundedMap } from '@souk/shared/bounded-map';
import { graphError } from '@souk/shared/graph/errors';
import { GraphQLError, OperationTypeNode } from 'graphql';
import type { Grant } from '../access.js';
import type { KeptReads } from '../read-cache/kept-reads.js';
import type { RunReads } from '../read-cache/run-reads.js';
import type { GatewayContext } from '../request.js';
import type { AdmissionOptions } from './admission.js';
import { admit } from './admission.js';
import type { Answer } from './answers.js';
import { answerOf, refusalOf } from './answers.js';
import { askingOf } from './asking.js';
import { Flights } from './flights.js';
import type { Generation } from './generation.js';
import { keyOf } from './generation.js';
import type { CompiledOperation, KnownOperation } from './operation.js';
import { callerOf } from './planning-caller.js';
import type { Subgraphs } from './subgraphs.js';

type Variables = Readonly<Record<string, unknown>>;

/** How queries and mutations are run. */
export interface RunOptions extends AdmissionOptions {
  subgraphs: Subgraphs;
  /** Whether identical queries of one caller that are under way at one time are run once. */
  share: boolean;
}

/** Why a subscription is not answered like a query. */
export const streamsOnly = 'A subscription is a stream: ask for text/event-stream, or open a WebSocket.';

/** By then a change has been told to everybody. */
const ownWritesMs = 1_000;
const maxWriters = 10_000;

/** Runs queries and mutations. */
export class Runs {
  readonly #options: RunOptions;
  readonly #flights = new Flights<Answer>();
  /** Users who have just written: they read what is there, not what was kept. */
  readonly #writers = new BoundedMap<string, number>(maxWriters);

  constructor(options: RunOptions) {
    this.#options = options;
  }

  /** Runs one; never rejects for what a client asks. */
  async run(
    generation: Generation,
    known: KnownOperation,
    variables: Variables,
    context: GatewayContext,
  ): Promise<Answer> {
    if (known.operation.operation === OperationTypeNode.SUBSCRIPTION) {
      return refusalOf(graphError('BAD_REQUEST', streamsOnly));
    }
    context.scope.operation = known.operation.name?.value ?? null;
    try {
      return await this.#admitAndRun(generation, known, variables, context);
    } catch (error) {
      // It could not be planned.
      if (error instanceof GraphQLError) return refusalOf(error);
      throw error;
    }
  }

  async #admitAndRun(
    generation: Generation,
    known: KnownOperation,
    variables: Variables,
    context: GatewayContext,
  ): Promise<Answer> {
    const grant = generation.rules.grantOf(context.identity);
    const { refused, stated } = await admit(generation, known, grant, variables, context, this.#options);
    if (refused) return refused;
    const answer = await this.#runAdmitted(generation, known, grant, variables, context);
    if (!stated || answer.data === null) return answer;
    const actual = generation.costs.actual(known, variables, JSON.parse(answer.data) as unknown);
    return { ...answer, extensions: { ...answer.extensions, cost: { ...stated, actual } } };
  }

  /** Nobody joins what began before now. */
  clear(): void {
    this.#flights.clear();
  }

  async #runAdmitted(
    generation: Generation,
    known: KnownOperation,
    grant: Grant,
    variables: Variables,
    context: GatewayContext,
  ): Promise<Answer> {
    if (known.operation.operation === OperationTypeNode.QUERY) {
      if (!this.#options.share) return this.#read(generation, known, grant, variables, context);
      const key = callKey(generation, known, variables, context);
      return this.#flights.join(key, context.cancellation, (cancellation) =>
        this.#read(generation, known, grant, variables, { ...context, cancellation }),
      );
    }
    const compiled = await generation.compiled(known, grant, () => callerOf(context));
    this.#flights.clear();
    try {
      // What a mutation reads back is what it has just written; it is brought to its end.
      return await this.#fly(compiled, variables, { ...context, cancellation: null }, { kept: null });
    } finally {
      if (context.identity) this.#writers.set(context.identity.userId, performance.now() + ownWritesMs);
      this.#flights.clear();
    }
  }

  /** A query's answer: kept before, where everybody may have it and nobody in particular asks. */
  async #read(
    generation: Generation,
    known: KnownOperation,
    grant: Grant,
    variables: Variables,
    context: GatewayContext,
  ): Promise<Answer> {
    const kept = this.#hasJustWritten(context) ? null : generation.kept;
    const run = async (reads: RunReads | null): Promise<Answer> => {
      const compiled = await generation.compiled(known, grant, () => callerOf(context));
      return this.#fly(compiled, variables, context, { kept, reads });
    };
    const { authorization, 'accept-language': language = '' } = context.headers;
    // Where tokens are not read here, a subgraph may read them.
    const isAnonymous = context.identity === null && authorization === undefined;
    if (!kept || !isAnonymous || !kept.answers.isPublic(known)) return run(null);
    return kept.answers.answer(known, variables, language, run);
  }

  async #fly(
    compiled: CompiledOperation,
    variables: Variables,
    { headers, deadline, cancellation }: GatewayContext,
    { kept, reads = null }: { kept: KeptReads | null; reads?: RunReads | null },
  ): Promise<Answer> {
    const degraded = new Set<string>();
    const caller = { headers, deadline, cancellation, degraded };
    const asking = askingOf(this.#options.subgraphs, caller, kept?.entities ?? null, reads);
    return answerOf(await compiled.run(variables, asking), degraded);
  }

  #hasJustWritten({ identity }: GatewayContext): boolean {
    return identity !== null && performance.now() < (this.#writers.get(identity.userId) ?? 0);
  }
}

/** Whose answers are the same: the same operation on one supergraph with the same variables, for the same token and language. */
export function callKey(
  { id }: Generation,
  { source, operationName }: KnownOperation,
  variables: Variables,
  { headers }: GatewayContext,
): string {
  const { authorization = '', 'accept-language': language = '' } = headers;
  const parts = [
    String(id),
    keyOf(source, operationName),
    JSON.stringify(variables),
    authorization,
    language,
  ];
  return parts.join('\n');
}
