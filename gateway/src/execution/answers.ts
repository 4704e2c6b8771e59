import type { GraphQLError } from 'graphql';
import type { CacheNote } from '../read-cache/kept-answers.js';
import type { Outcome } from './operation.js';

/** What a run of an operation gave: `data` is JSON, or null where nothing was run. */
export interface Answer {
  data: string | null;
  errors: readonly GraphQLError[];
  /** `degraded` names the subgraphs that did not answer; null where there is nothing to say. */
  extensions: Readonly<Record<string, unknown>> | null;
  /** Where it could be kept. */
  cache?: CacheNote;
}

/** The answers of a subscription, one for each event. */
export interface Answers extends AsyncIterableIterator<Answer> {
  /** Ends them at once; `last` is still told. */
  end(last: Answer): void;
}

/** The answer of a run that was not answered by these subgraphs. */
export function answerOf(outcome: Outcome, degraded: ReadonlySet<string>): Answer {
  return { ...outcome, extensions: degraded.size > 0 ? { degraded: [...degraded].sort() } : null };
}

/** The answer where nothing is run. */
export function refusalOf(...errors: readonly GraphQLError[]): Answer {
  return { data: null, errors, extensions: null };
}
