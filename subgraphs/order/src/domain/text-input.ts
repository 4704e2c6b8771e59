import { looksLikeCard } from '@souk/shared/card-number';
import { Rejection } from '@souk/shared/errors';

/**
 * Returns a trimmed reason or note. graph/input-rules.ts has already checked its length.
 * @throws Rejection INVALID if it is empty or contains a card number
 */
export function readText(text: string, argument: string): string {
  const read = text.trim();
  if (looksLikeCard(read)) {
    throw new Rejection('INVALID', 'Must not contain a card number.', { field: [argument] });
  }
  if (read !== '') return read;
  throw new Rejection('INVALID', 'Must not be empty.', { field: [argument] });
}
