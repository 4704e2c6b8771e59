import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';
import {
  getOperationAST,
  isScalarType,
  isSpecifiedScalarType,
  OperationTypeNode,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { BoundedMap } from '../bounded-map.js';

/** Operations that are kept compiled at most: a gateway sends few different ones, again and again. */
const maxCompiled = 500;

/**
 * Queries that a schema has been asked before, compiled to JavaScript. Mutations are left to graphql-js, and so is what
 * the compiler does not take.
 */
export class CompiledQueries {
  readonly #schema: GraphQLSchema;
  /** Null for what is left to graphql-js. */
  readonly #known = new BoundedMap<string, CompiledQuery | null>(maxCompiled);

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** Runs a query that is known; null for any other operation, and where the variables are wrong: nothing was run. */
  async run(
    query: string,
    operationName: string | undefined,
    context: unknown,
    variables: Record<string, unknown>,
  ): Promise<ExecutionResult | null> {
    const compiled = this.#known.get(keyOf(query, operationName));
    if (!compiled) return null;
    const answer = await compiled.query(undefined, context, variables);
    return answer.data === undefined ? null : answer;
  }

  /** Compiles an operation for its next times. It must be valid. */
  learn(query: string, operationName: string | undefined): void {
    const key = keyOf(query, operationName);
    if (!this.#known.has(key)) this.#known.set(key, this.#compile(query, operationName));
  }

  #compile(query: string, operationName: string | undefined): CompiledQuery | null {
    const document = parse(query);
    if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.QUERY) return null;
    if (hasVariableInScalar(this.#schema, document)) return null;
    const compiled = compileQuery(this.#schema, document, operationName);
    return isCompiledQuery(compiled) ? compiled : null;
  }
}

function keyOf(query: string, operationName: string | undefined): string {
  return `${operationName ?? ''}\n${query}`;
}

/** Whether a variable stands inside a literal of a scalar of ours, where the compiler would leave it out. */
function hasVariableInScalar(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let depth = 0;
  let found = false;
  const nested = {
    enter: () => void (depth += 1),
    leave: () => void (depth -= 1),
  };
  visit(
    document,
    visitWithTypeInfo(types, {
      ListValue: nested,
      ObjectValue: nested,
      Variable: () => {
        if (depth > 0 && isOurs(schema, types)) found = true;
      },
    }),
  );
  return found;
}

/** Whether a value belongs to a scalar of ours, or is a part of one: parts have no type. */
function isOurs(schema: GraphQLSchema, types: TypeInfo): boolean {
  const name = String(types.getInputType() ?? '').replaceAll(/[[\]!]/g, '');
  const type = schema.getType(name);
  return !type || (isScalarType(type) && !isSpecifiedScalarType(type));
}
