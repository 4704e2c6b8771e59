import type {
  ExecutionResult,
  FormattedExecutionResult,
  GraphQLFormattedError,
  GraphQLSchema,
} from 'graphql';
import { createSourceEventStream, execute, GraphQLError } from 'graphql';
import type { RequestContext } from './context.js';
import { MapAsyncIterator } from '../async/map-async-iterator.js';
import type { ParsedDocuments } from './parsed-documents.js';
import type { SubgraphRequest } from './subgraph-request.js';

/** The result of a subscription request: its events, or an answer with the errors. */
export type Subscribed = AsyncIterableIterator<FormattedExecutionResult> | FormattedExecutionResult;

/** How subscriptions are run. */
export interface SubscriptionOptions {
  schema: GraphQLSchema;
  documents: ParsedDocuments;
  /** The context of the source, for as long as the stream lasts. */
  sourceContext: () => object;
  /** A new context for each event: loaders must not reuse rows of an earlier one, and each event has its own limits. */
  eventContext: () => Pick<RequestContext, 'work'>;
  formatError: (error: GraphQLError) => GraphQLFormattedError;
}

/** A source that says whether its events are conflatable. */
export interface ConflatableSource {
  /**
   * Whether its events are present states, the same for all readers and sent only on changes: an event may be skipped
   * for a later one, and a late subscriber misses nothing.
   */
  readonly isConflatable: boolean;
}

/** The extension by which a gateway recognizes such events: clients may share the stream. */
const changeExtension = 'tellsChanges';

/** Whether a subscription has begun. */
export function isStream(
  subscribed: Subscribed,
): subscribed is AsyncIterableIterator<FormattedExecutionResult> {
  return Symbol.asyncIterator in subscribed;
}

/** The events of a subscription; a rejected one has a single event. */
export function eventsOf(subscribed: Subscribed): AsyncIterableIterator<FormattedExecutionResult> {
  return isStream(subscribed) ? subscribed : only(subscribed);
}

async function* only<Value>(value: Value): AsyncGenerator<Value, undefined> {
  yield await Promise.resolve(value);
}

/** Whether an event comes from a conflatable source. */
export function isConflatableEvent({ extensions }: FormattedExecutionResult): boolean {
  return extensions?.[changeExtension] === true;
}

/** Begins a subscription. Never rejects: a failure ends it with an event that has only errors. */
export async function subscribeOn(
  { query, variables = {}, operationName }: SubgraphRequest,
  options: SubscriptionOptions,
): Promise<Subscribed> {
  const { schema, documents, sourceContext, eventContext, formatError } = options;
  const refuse = (errors: readonly GraphQLError[]): FormattedExecutionResult => ({
    errors: errors.map(formatError),
  });
  try {
    const parsed = documents.find(query, operationName);
    if (!('document' in parsed)) return refuse(parsed);
    const operation = { schema, document: parsed.document, variableValues: variables, operationName };
    const source = await createSourceEventStream({ ...operation, contextValue: sourceContext() });
    if (!(Symbol.asyncIterator in source)) return refuse(source.errors ?? []);
    const extensions = (source as Partial<ConflatableSource>).isConflatable === true && {
      [changeExtension]: true,
    };
    return new MapAsyncIterator<unknown, FormattedExecutionResult>(source[Symbol.asyncIterator](), {
      map: async (rootValue) => {
        const contextValue = eventContext();
        const result = await contextValue.work.run(() => execute({ ...operation, rootValue, contextValue }));
        return { ...formattedResult(result, formatError), ...(extensions && { extensions }) };
      },
      failed: (error) => refuse([asGraphQLError(error)]),
    });
  } catch (error) {
    return refuse([asGraphQLError(error)]);
  }
}

/** A result as it travels. */
export function formattedResult(
  { data, errors }: ExecutionResult,
  formatError: SubscriptionOptions['formatError'],
): FormattedExecutionResult {
  return {
    ...(errors && { errors: errors.map(formatError) }),
    ...(data !== undefined && { data }),
  };
}

/** Wraps a thrown value as a GraphQLError. */
export function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(cause.message, { originalError: cause });
}
