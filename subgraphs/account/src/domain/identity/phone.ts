import type { InputCheck } from '@souk/shared/input-check';
import { visibleText } from '@souk/shared/text';

const phonePattern = /^\+?[0-9][0-9 ()./-]{2,29}$/;

/** Validates the optional field `phone`. Returns the number as it was entered, trimmed. */
export function validatePhone(input: InputCheck, value: string | null | undefined): string | null {
  const text = visibleText(value);
  if (text !== null && !phonePattern.test(text)) {
    input.refuse(
      'phone',
      'Must be a telephone number: 3 to 30 digits, spaces and ( ) . / -, optionally starting with +.',
    );
  }
  return text;
}
