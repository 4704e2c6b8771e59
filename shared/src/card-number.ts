/** 13 to 19 digits that begin as payment cards do, with spaces or hyphens between; times in milliseconds begin with 1. */
const digitRuns = /(?<!\d)[2-6](?:[ -]?\d){12,18}(?!\d)/g;

/** Whether a text contains a card number: digits with a valid check digit (ISO/IEC 7812, Luhn). */
export function looksLikeCard(text: string): boolean {
  return [...text.matchAll(digitRuns)].some(([run]) => passesLuhn(run.replace(/\D/g, '')));
}

function passesLuhn(digits: string): boolean {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
