import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';
import type { Path } from '../../types/data.js';
import { eachAt, isData, merge } from '../../types/data.js';
import { entitiesOf } from '../../types/entities.js';
import type { PlanSource } from './fetch.js';
import { compileVariables, downstream, operationOf, batchKeyOf } from './fetch.js';
import type { Cursor, EntityOperation, PlanRun, Step } from './plan-run.js';
import { compileRequires } from './representations.js';
import { compileRewrites } from './rewrites.js';

/** Compiles a fetch of what a subgraph adds to entities. */
export function compileEntityFetch(
  source: PlanSource,
  node: FetchNode,
  requires: NonNullable<FetchNode['requires']>,
): Step {
  const { schema } = source;
  const operation: EntityOperation = { ...operationOf(node), batchKey: batchKeyOf(source, node) };
  const variablesOf = compileVariables(node.variableUsages);
  const representationsOf = compileRequires(schema, requires, compileRewrites(schema, node.inputRewrites));
  const rewriteOutput = compileRewrites(schema, node.outputRewrites);
  // A subgraph that received a renamed type may return the entity under that name.
  const isRenamed = (node.inputRewrites?.length ?? 0) > 0;

  return async (run, cursor) => {
    const { texts, owners } = representationsOf(cursor.objects);
    if (texts.length === 0) return;
    const { data, errors } = await run.fetchEntities(operation, variablesOf(run.variables), texts);
    if (errors) reportEntityErrors(run, cursor, node, errors, owners);
    if (!isData(data)) return;
    const received = entitiesOf(data, texts.length);
    if (!received) {
      // With errors, the null of the list is theirs.
      if (!errors) {
        const message = `The subgraph ${node.serviceName} returned another number of entities than requested.`;
        run.errors.push(new GraphQLError(message));
      }
      return;
    }
    const { objects } = cursor;
    if (rewriteOutput) {
      for (const [index, object] of objects.entries()) {
        const entity: unknown = received[owners[index] ?? -1];
        // Rewrites depend on the type. An entity without __typename has the type of its representation.
        if (isData(entity)) entity['__typename'] ??= object['__typename'];
      }
      for (const entity of received) rewriteOutput(entity);
    }
    for (let index = 0; index < objects.length; index += 1) {
      const entity: unknown = received[owners[index] ?? -1];
      const object = objects[index];
      if (!object || !isData(entity)) continue;
      const typename = object['__typename'];
      merge(object, entity);
      // To a subgraph of an interface object that is the interface; which of its types it is, is known already.
      if (isRenamed && typename !== undefined && schema.isInterface(object['__typename']))
        object['__typename'] = typename;
    }
  };
}

/** An error of a whole fetch is reported at so many of its entities at most. */
const maxPlaces = 100;

/**
 * Reports the error of an entity at each place of that entity, and an error without an entity, such as that of a subgraph
 * that is not available, at all of them.
 */
function reportEntityErrors(
  run: PlanRun,
  cursor: Cursor,
  node: FetchNode,
  errors: readonly GraphQLFormattedError[],
  owners: readonly number[],
): void {
  let places: { at: Path; owner: number }[] | null = null;
  for (const error of errors) {
    places ??= placesOf(run, cursor, owners);
    const [field, index, ...below] = error.path ?? [];
    const isOfEntity = field === '_entities' && typeof index === 'number';
    const at = isOfEntity ? places.filter(({ owner }) => owner === index) : places.slice(0, maxPlaces);
    if (at.length === 0) run.errors.push(downstream(error, node.serviceName, withoutMarks(cursor.path)));
    for (const place of at)
      run.errors.push(downstream(error, node.serviceName, isOfEntity ? [...place.at, ...below] : place.at));
  }
}

/** Places of the fetched entities in the response; `owner` is the index of the representation. */
function placesOf(run: PlanRun, cursor: Cursor, owners: readonly number[]): { at: Path; owner: number }[] {
  const places: { at: Path; owner: number }[] = [];
  let position = 0;
  eachAt(run.data, cursor.path, (_object, at) => {
    const owner = owners[position] ?? -1;
    position += 1;
    if (owner >= 0) places.push({ at: [...at], owner });
  });
  return places;
}

/** Where the place in a list is not known, the path ends at the list. */
function withoutMarks(path: Path): Path {
  const mark = path.indexOf('@');
  return mark === -1 ? path : path.slice(0, mark);
}
