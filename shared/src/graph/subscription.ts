import type {
  DocumentNode,
  ExecutionResult,
  FormattedExecutionResult,
  GraphQLFormattedError,
  GraphQLSchema,
} from 'graphql';
import { createSourceEventStream, execute, GraphQLError, parse, validate } from 'graphql';
import { BoundedMap } from '../bounded-map.js';
import { MappedEvents } from './mapped-events.js';
import type { SubgraphRequest } from './server.js';

/** What a subscription gives: its events, or the answer that refuses it. */
export type Subscribed = AsyncIterableIterator<FormattedExecutionResult> | FormattedExecutionResult;

/** How subscriptions are run. */
export interface SubscriptionOptions {
  schema: GraphQLSchema;
  /** A context of its own for the start and for each event: what loaders read for one is stale for the next. */
  contextOf: () => object;
  formatError: (error: GraphQLError) => GraphQLFormattedError;
}

/** A source of events that says of itself what its events are. */
export interface ChangeSource {
  /**
   * Whether its events say how something is now, the same to everybody, and only when that has changed: one may be skipped
   * for a later one, and who opens it later has missed nothing.
   */
  readonly tellsChanges: boolean;
}

/** The extension of an event that a gateway knows such a source by: it may have clients share it. */
const changeExtension = 'tellsChanges';

const maxDocuments = 200;
const documents = new WeakMap<GraphQLSchema, BoundedMap<string, DocumentNode>>();

/** Whether a subscription has begun. */
export function isStream(
  subscribed: Subscribed,
): subscribed is AsyncIterableIterator<FormattedExecutionResult> {
  return Symbol.asyncIterator in subscribed;
}

/** The events of a subscription; one that was refused has a single one. */
export function eventsOf(subscribed: Subscribed): AsyncIterableIterator<FormattedExecutionResult> {
  return isStream(subscribed) ? subscribed : only(subscribed);
}

async function* only<Value>(value: Value): AsyncGenerator<Value, undefined> {
  yield await Promise.resolve(value);
}

/** Whether an event is of a source that tells changes. */
export function isChange({ extensions }: FormattedExecutionResult): boolean {
  return extensions?.[changeExtension] === true;
}

/** Begins a subscription. Never rejects: what fails, its source too, ends it with an event that has errors alone. */
export async function subscribeOn(
  { query, variables = {}, operationName }: SubgraphRequest,
  options: SubscriptionOptions,
): Promise<Subscribed> {
  const { schema, contextOf, formatError } = options;
  const refuse = (errors: readonly GraphQLError[]): FormattedExecutionResult => ({
    errors: errors.map(formatError),
  });
  try {
    const document = documentOf(schema, query);
    if (!('kind' in document)) return refuse(document);
    const asked = { schema, document, variableValues: variables, operationName };
    const source = await createSourceEventStream({ ...asked, contextValue: contextOf() });
    if (!(Symbol.asyncIterator in source)) return refuse(source.errors ?? []);
    const extensions = (source as Partial<ChangeSource>).tellsChanges === true && { [changeExtension]: true };
    return new MappedEvents<unknown, FormattedExecutionResult>(source[Symbol.asyncIterator](), {
      map: async (rootValue) => ({
        ...formattedResult(await execute({ ...asked, rootValue, contextValue: contextOf() }), formatError),
        ...(extensions && { extensions }),
      }),
      failed: (error) => refuse([asGraphQLError(error)]),
    });
  } catch (error) {
    return refuse([asGraphQLError(error)]);
  }
}

/** The document, which is kept: many clients begin the same. Errors where it is not valid. @throws where it is no document */
function documentOf(schema: GraphQLSchema, query: string): DocumentNode | readonly GraphQLError[] {
  const known = documents.get(schema) ?? new BoundedMap<string, DocumentNode>(maxDocuments);
  documents.set(schema, known);
  const kept = known.get(query);
  if (kept) return kept;
  const document = parse(query);
  const problems = validate(schema, document);
  if (problems.length > 0) return problems;
  known.set(query, document);
  return document;
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

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(cause.message, { originalError: cause });
}
