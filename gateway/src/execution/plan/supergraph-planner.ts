import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import type { GatewayLimit } from '@souk/shared/telemetry';
import { GraphQLError, parse, Source } from 'graphql';
import type { DocumentLimits } from '../../limits/document-rules.js';
import { documentRules } from '../../limits/document-rules.js';
import { TooLarge } from '../../limits/document-size.js';
import { hideExactLiterals, withExactLiterals } from './exact-literals.js';
import { isParsed, parseAndValidate } from './parse-and-validate.js';
import { separateRequiredArguments } from './required-arguments.js';
import { requirementsMended } from './required-fields.js';
import { applyScalars } from './graph-schema.js';

/** An error of a document as plain data, so that it can leave the planner's thread. */
export interface DocumentProblem {
  message: string;
  positions: readonly number[] | null;
  code: string | null;
  /** The limit that the document exceeds, or null. */
  limit: GatewayLimit | null;
}

/** An operation to plan. It is valid, and has no conditions. */
export interface PlanRequest {
  document: string;
  operationName: string | null;
  /** The labels of @override that hold. */
  labels: readonly string[];
}

/** Checks and plans operations of one supergraph. Both may take long: see `planner-worker`. */
export interface SupergraphPlanner {
  /** Parses and validates. @returns the problems of the document; none where it is valid. */
  check(source: string, operationName: string | null): DocumentProblem[];
  /** @returns a QueryPlan as JSON. @throws where the planner does not accept the operation */
  plan(request: PlanRequest): string;
}

/**
 * Bounds of the planner's search. It looks at each way to each field, and at plans made of them: without bounds, a chain of
 * four fields through an interface object takes minutes. The best of so many plans is as good: see the differential test.
 */
const plannerConfig = { debug: { maxEvaluatedPlans: 200, pathsLimit: 1_000 } };

/** The planner's message for more ways than `pathsLimit`; the error has no code. */
export const tooManyWays = /Too many options generated/;

/** Loads a supergraph for planning. @throws where it cannot be planned on */
export function loadPlanner(sdl: string, limits: DocumentLimits): SupergraphPlanner {
  // The gateway has looked for faults in the supergraph when it loaded it.
  const supergraph = Supergraph.build(sdl, { validateSupergraph: false });
  const definitions = supergraph.apiSchema();
  const api = definitions.toGraphQLJSSchema();
  applyScalars(api);
  const separated = separateRequiredArguments(sdl);
  const planned =
    separated.added.size > 0 ? Supergraph.build(separated.sdl, { validateSupergraph: false }) : supergraph;
  const planner = new QueryPlanner(planned, plannerConfig);
  const mended = requirementsMended(separated);
  const rules = documentRules(limits);
  return {
    check: (source, operationName) => {
      const prepared = parseAndValidate(api, source, operationName, rules);
      return isParsed(prepared) ? [] : prepared.map(problemOf);
    },
    plan: ({ document, operationName, labels }) => {
      const operation = operationFromDocument(
        planned.apiSchema(),
        hideExactLiterals(api, parse(document, { noLocation: true })),
        {
          ...(operationName === null ? {} : { operationName }),
          // `check` has validated it against the same schema.
          validate: false,
        },
      );
      const options = { overrideConditions: new Map(labels.map((label) => [label, true])) };
      return withExactLiterals(JSON.stringify(mended(planner.buildQueryPlan(operation, options))));
    },
  };
}

function problemOf(error: GraphQLError): DocumentProblem {
  const { message, positions = null, originalError } = error;
  const code = error.extensions['code'];
  return {
    message,
    positions,
    code: typeof code === 'string' ? code : null,
    limit: originalError instanceof TooLarge ? originalError.limit : null,
  };
}

/** The error that a client reads of a document with this text. */
export function errorOf({ message, positions, code, limit }: DocumentProblem, text: string): GraphQLError {
  return new GraphQLError(message, {
    ...(positions && { source: new Source(text), positions }),
    ...(code !== null && { extensions: { code } }),
    ...(limit !== null && { originalError: new TooLarge(message, limit) }),
  });
}
