import { looksLikeCard } from '@souk/shared/card-number';
import { Rejection } from '@souk/shared/errors';

const maxLength = 500;

/** A reason or a note as people write it, without blanks around it. @throws Rejection INVALID for none, too much, or a card's number */
export function readText(text: string, argument: string): string {
  const read = text.trim();
  if (looksLikeCard(read)) {
    throw new Rejection('INVALID', 'This holds no card number.', { field: [argument] });
  }
  // PostgreSQL stores no zero characters.
  if (read !== '' && read.length <= maxLength && !read.includes('\0')) return read;
  throw new Rejection('INVALID', `Say it in 1 to ${maxLength} characters.`, { field: [argument] });
}
