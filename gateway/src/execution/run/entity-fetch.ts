import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';
import type { Path } from '../../types/data.js';
import { eachAt, isData, merge } from '../../types/data.js';
import { entitiesOf } from '../../types/entities.js';
import type { PlanSource } from './fetch.js';
import { batchKeyOf, compileVariables, downstream, operationOf, renamedKeys, suppliedKeys } from './fetch.js';
import type { Cursor, EntityOperation, PlanRun, Step } from './plan-run.js';
import type { FetchPart } from '../plan/required-fields.js';
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
  const rewriteInput = compileRewrites(schema, node.inputRewrites);
  const { complete = null } = node as FetchPart;
  const representationsOf = compileRequires(schema, requires, rewriteInput, complete);
  const rewriteOutput = compileRewrites(schema, node.outputRewrites);
  const keys = suppliedKeys(node);
  const names = renamedKeys(node);
  // A subgraph that received a renamed type may return the entity under that name.
  const isRenamed = (node.inputRewrites?.length ?? 0) > 0;

  return async (run, cursor) => {
    const { texts, owners } = representationsOf(cursor.objects);
    if (texts.length === 0) return;
    const { data, errors } = await run.fetchEntities(operation, variablesOf(run.variables), texts);
    const received = isData(data) ? entitiesOf(data, texts.length) : null;
    if (errors) reportEntityErrors(run, cursor, { node, owners, received, keys, names }, errors);
    if (!isData(data)) return;
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

interface EntityAnswer {
  node: FetchNode;
  /** For each object the index of its entity, or -1. */
  owners: readonly number[];
  received: readonly unknown[] | null;
  keys: () => ReadonlySet<string>;
  names: ReadonlyMap<string, string>;
}

/**
 * Reports the error of an entity at each place of that entity, and an error without an entity, such as that of a subgraph
 * that is not available, at all of them.
 */
function reportEntityErrors(
  run: PlanRun,
  cursor: Cursor,
  { node, owners, received, keys, names }: EntityAnswer,
  errors: readonly GraphQLFormattedError[],
): void {
  let places: Places | null = null;
  const failing = new Set<number>();
  for (const error of errors) {
    places ??= placesOf(run, cursor, owners);
    const [field, index, ...below] = error.path ?? [];
    const rest = below.map((step) => names.get(String(step)) ?? step);
    const isOfEntity = field === '_entities' && typeof index === 'number';
    const at = isOfEntity ? (places.byOwner.get(index) ?? []) : places.all.slice(0, maxPlaces);
    for (const owner of isOfEntity ? [index] : places.byOwner.keys()) failing.add(owner);
    if (at.length === 0) run.errors.push(downstream(error, node.serviceName, withoutMarks(cursor.path)));
    for (const place of at) {
      run.errors.push(downstream(error, node.serviceName, isOfEntity ? [...place, ...rest] : place));
    }
  }
  for (const index of failing) {
    if (isData(received?.[index])) continue;
    for (const path of places?.byOwner.get(index) ?? []) run.failed.push({ path, keys: keys() });
  }
}

/** Places of the fetched entities in the response. */
interface Places {
  all: readonly Path[];
  /** By the index of the representation. */
  byOwner: ReadonlyMap<number, readonly Path[]>;
}

function placesOf(run: PlanRun, cursor: Cursor, owners: readonly number[]): Places {
  const all: Path[] = [];
  const byOwner = new Map<number, Path[]>();
  let position = 0;
  eachAt(run.data, cursor.path, (_object, at) => {
    const owner = owners[position] ?? -1;
    position += 1;
    if (owner < 0) return;
    const place = [...at];
    all.push(place);
    const known = byOwner.get(owner);
    if (known) known.push(place);
    else byOwner.set(owner, [place]);
  });
  return { all, byOwner };
}

/** Where the place in a list is not known, the path ends at the list. */
function withoutMarks(path: Path): Path {
  const mark = path.indexOf('@');
  return mark === -1 ? path : path.slice(0, mark);
}
