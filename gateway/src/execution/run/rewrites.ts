import type { FetchDataRewrite } from '@apollo/query-planner';
import type { Data } from '../../types/data.js';
import { getterOf, isData } from '../../types/data.js';
import type { GraphSchema } from '../plan/graph-schema.js';

/** Changes data in place. */
export type Rewrite = (value: unknown) => void;

const fragment = '... on ';

/**
 * Compiles the plan's changes to data on the way to a subgraph or back: renamed keys, and type names of interface
 * objects.
 * @returns null where there is nothing to do.
 */
export function compileRewrites(
  schema: GraphSchema,
  rewrites: readonly FetchDataRewrite[] | undefined,
): Rewrite | null {
  const steps = (rewrites ?? []).flatMap((rewrite) => compileRewrite(schema, rewrite));
  if (steps.length === 0) return null;
  return (value) => {
    for (const step of steps) step(value);
  };
}

function compileRewrite(schema: GraphSchema, rewrite: FetchDataRewrite): Rewrite[] {
  const key = rewrite.path.at(-1);
  if (key === undefined) return [];
  return [
    rewrite.path
      .slice(0, -1)
      .reduceRight<Rewrite>((next, step) => at(schema, step, next), last(rewrite, key)),
  ];
}

function last(rewrite: FetchDataRewrite, key: string): Rewrite {
  if (rewrite.kind === 'ValueSetter') {
    return onObjects((object) => {
      object[key] = rewrite.setValueTo;
    });
  }
  const get = getterOf(key);
  return onObjects((object) => {
    const value = get(object);
    if (value === undefined) return;
    object[rewrite.renameKeyTo] = value;
    object[key] = undefined;
  });
}

function at(schema: GraphSchema, step: string, next: Rewrite): Rewrite {
  if (step.startsWith(fragment)) {
    const condition = step.slice(fragment.length);
    return onObjects((object) => {
      const typename = object['__typename'];
      if (typeof typename !== 'string' || schema.isOf(typename, condition)) next(object);
    });
  }
  const get = getterOf(step);
  return onObjects((object) => next(get(object)));
}

function onObjects(visit: (object: Data) => void): Rewrite {
  const rewrite: Rewrite = (value) => {
    if (Array.isArray(value)) value.forEach(rewrite);
    else if (isData(value)) visit(value);
  };
  return rewrite;
}
