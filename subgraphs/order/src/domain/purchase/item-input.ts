import { Rejection } from '@souk/shared/errors';
import { fromApiId } from '@souk/shared/ids';
import type { OfferReference } from '../catalog-port.js';
import { maxUnitsOfLine } from './purchase-validation.js';

/** Input of an item: ids are TypeIDs. */
export interface ItemInput {
  offerId?: string | null | undefined;
  upc?: string | null | undefined;
  quantity?: number | null | undefined;
  seatIds?: readonly string[] | null | undefined;
}

/** A parsed item: ids are UUIDs. */
export interface ParsedItem {
  reference: OfferReference;
  quantity: number;
  seatIds: string[];
  /** Path of the item in the input. */
  field: readonly string[];
}

/** Parses an item. `item` is null if and only if there are problems. */
export function readItem(
  input: ItemInput,
  field: readonly string[],
): { item: ParsedItem | null; problems: Rejection[] } {
  const problems: Rejection[] = [];
  const reference = readReference(input, field, problems);
  const quantity = input.quantity ?? 1;
  if (quantity < 1) {
    problems.push(
      new Rejection('INVALID', `The quantity must be 1 or more; it is ${quantity}.`, {
        field: [...field, 'quantity'],
      }),
    );
  }
  const seatIds = readSeats(input.seatIds ?? [], [...field, 'seatIds'], problems);
  return {
    item: reference && problems.length === 0 ? { reference, quantity, seatIds, field } : null,
    problems,
  };
}

/** Returns the rejection for an offer that does not exist or that the caller may not see. */
export function unknownOffer(reference: OfferReference, field: readonly string[]): Rejection {
  return new Rejection('NOT_FOUND', 'There is no such offer.', {
    field: [...field, 'upc' in reference ? 'upc' : 'offerId'],
  });
}

function readReference(
  { offerId, upc }: ItemInput,
  field: readonly string[],
  problems: Rejection[],
): OfferReference | null {
  const given = [offerId, upc].filter((value) => value !== null && value !== undefined);
  if (given.length !== 1) {
    problems.push(new Rejection('INVALID', 'Name the offer by exactly one of offerId and upc.', { field }));
    return null;
  }
  if (upc !== null && upc !== undefined) {
    if (upc.trim() !== '') return { upc: upc.trim() };
    problems.push(unknownOffer({ upc }, field));
    return null;
  }
  const id = fromApiId('offer', offerId ?? '');
  if (id !== null) return { offerId: id };
  problems.push(unknownOffer({ offerId: '' }, field));
  return null;
}

function readSeats(ids: readonly string[], field: readonly string[], problems: Rejection[]): string[] {
  if (ids.length > maxUnitsOfLine) {
    problems.push(
      new Rejection('INVALID', `At most ${maxUnitsOfLine} seats can be chosen at once.`, { field }),
    );
    return [];
  }
  return ids.flatMap((id, index) => {
    const seatId = fromApiId('seat', id);
    if (seatId !== null) return [seatId];
    problems.push(
      new Rejection('NOT_FOUND', 'There is no such seat.', { field: [...field, index.toString()] }),
    );
    return [];
  });
}
