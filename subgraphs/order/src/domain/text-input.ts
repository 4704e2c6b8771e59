import { looksLikeCard } from '@souk/shared/card-number';
import { Rejection } from '@souk/shared/errors';

/**
 * A reason or a note as people write it, without blanks around it. Its length is checked before (graph/input-rules.ts).
 * @throws Rejection INVALID for none, or a card's number
 */
export function readText(text: string, argument: string): string {
  const read = text.trim();
  if (looksLikeCard(read)) {
    throw new Rejection('INVALID', 'This holds no card number.', { field: [argument] });
  }
  if (read !== '') return read;
  throw new Rejection('INVALID', 'Must not be empty.', { field: [argument] });
}
