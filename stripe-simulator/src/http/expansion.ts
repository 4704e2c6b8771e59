import type { Transaction } from '../state/transaction.js';
import { invalidRequest } from '../stripe-error.js';

const MAX_DEPTH = 4;
/** The properties that hold an id of another object. */
const EXPANDABLE: Readonly<Record<string, (tx: Transaction, id: string) => object | undefined>> = {
  charge: (tx, id) => tx.get('charge', id),
  latest_charge: (tx, id) => tx.get('charge', id),
  payment_intent: (tx, id) => tx.get('payment_intent', id)?.intent,
  payment_method: (tx, id) => tx.get('payment_method', id)?.method,
};

/**
 * Replaces ids by the objects that they name, along each path (`latest_charge.payment_method`; in a list
 * `data.latest_charge`). Null stays null.
 */
export function expand(tx: Transaction, object: object, paths: readonly string[]): object {
  return paths.reduce((result, path) => {
    const segments = path.split('.');
    if (segments.length > MAX_DEPTH) {
      throw invalidRequest(`You cannot expand more than ${MAX_DEPTH} levels of a property.`, {
        param: 'expand',
      });
    }
    return expandPath(tx, result, segments, path);
  }, object);
}

function expandPath(tx: Transaction, object: object, [name, ...rest]: string[], path: string): object {
  if (name === undefined) return object;
  const value: unknown = Object.hasOwn(object, name) ? object[name as keyof object] : undefined;
  if (name === 'data' && Array.isArray(value) && rest.length > 0) {
    const items = value as object[];
    return { ...object, data: items.map((item) => expandPath(tx, item, rest, path)) };
  }
  const find = Object.hasOwn(EXPANDABLE, name) ? EXPANDABLE[name] : undefined;
  if (find === undefined || value === undefined) {
    throw invalidRequest(`This property cannot be expanded (${path}).`, { param: 'expand' });
  }
  const target = typeof value === 'string' ? find(tx, value) : value;
  if (typeof target !== 'object' || target === null) return object;
  return { ...object, [name]: expandPath(tx, target, rest, path) };
}
