import { InputCheck } from '@souk/shared/input-check';

/** Returns a trimmed reason or note. @throws Rejection INVALID if it is empty or contains a card number */
export function readText(text: string, argument: string): string {
  const check = new InputCheck();
  const read = check.textWithoutCard(argument, text);
  check.throwIfAny();
  return read;
}
