import { ExactNumber } from './exact-json.js';

/** A JSON object as subgraphs send it. */
export type Data = Record<string, unknown>;

/** A place in an answer. */
export type Path = readonly (string | number)[];

/** Names that every object inherits. Clients may use them as aliases. */
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Reads a key of an object, and never what objects inherit. */
export function getterOf(key: string): (object: Data) => unknown {
  if (!inherited.has(key)) return (object) => object[key];
  return (object) => (Object.hasOwn(object, key) ? object[key] : undefined);
}

/** Whether a value is an object with keys. */
export function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Merges what a subgraph sent into what is there: objects by key, lists of the same length by index, all else is
 * replaced. Parts of `source` may become parts of `target`.
 */
export function merge(target: Data, source: Data): void {
  for (const key in source) {
    const incoming = source[key];
    if (incoming === undefined) continue;
    // Inherited keys hold functions, which are replaced like any value that is not an object, except for this one.
    const present = key === '__proto__' && !Object.hasOwn(target, key) ? undefined : target[key];
    if (
      typeof present !== 'object' ||
      present === null ||
      typeof incoming !== 'object' ||
      incoming === null
    ) {
      put(target, key, incoming);
    } else if (present !== incoming) {
      put(target, key, merged(present, incoming));
    }
  }
}

/** Sets any key as an own property. Assigning `__proto__` would change the prototype instead. */
export function put(target: Data, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  } else target[key] = value;
}

function merged(present: object, incoming: object): unknown {
  if (Array.isArray(present) && Array.isArray(incoming)) {
    if (present.length !== incoming.length) return incoming;
    for (let index = 0; index < incoming.length; index += 1) {
      const [before, after] = [present[index] as unknown, incoming[index] as unknown];
      const isMergeable =
        typeof before === 'object' && before !== null && typeof after === 'object' && after !== null;
      present[index] = isMergeable && before !== after ? merged(before, after) : after;
    }
    return present;
  }
  if (Array.isArray(present) || Array.isArray(incoming)) return incoming;
  if (present instanceof ExactNumber || incoming instanceof ExactNumber) return incoming;
  merge(present as Data, incoming as Data);
  return present;
}

/** Calls `visit` with each object at the end of a plan's path, where "@" stands for every element of a list. */
export function eachAt(value: unknown, path: Path, visit: (object: Data, at: Path) => void): void {
  walk(value, path, 0, [], visit);
}

function walk(
  value: unknown,
  path: Path,
  depth: number,
  at: (string | number)[],
  visit: (object: Data, at: Path) => void,
): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    const next = path[depth] === '@' ? depth + 1 : depth;
    for (let index = 0; index < value.length; index += 1) {
      at.push(index);
      walk(value[index], path, next, at, visit);
      at.pop();
    }
    return;
  }
  if (typeof value !== 'object') return;
  const step = path[depth];
  if (step === undefined) {
    visit(value as Data, at);
    return;
  }
  if (!Object.hasOwn(value, step)) return;
  at.push(step);
  walk((value as Data)[step], path, depth + 1, at, visit);
  at.pop();
}

/** The objects at the end of a plan's path; the same walk as `eachAt`, without the places. */
export function objectsAt(value: unknown, path: Path, depth = 0, found: Data[] = []): Data[] {
  if (value === null || value === undefined) return found;
  if (Array.isArray(value)) {
    const next = path[depth] === '@' ? depth + 1 : depth;
    for (const item of value) objectsAt(item, path, next, found);
  } else if (typeof value === 'object') {
    const step = path[depth];
    if (step === undefined) found.push(value as Data);
    else if (Object.hasOwn(value, step)) objectsAt((value as Data)[step], path, depth + 1, found);
  }
  return found;
}
