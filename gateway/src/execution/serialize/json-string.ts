const longest = 64;
// Control characters, the quote, the backslash, and surrogates that lack their other half.
const needsEscape = /[\p{Cc}"\\\p{Cs}]/u;

/** A string as JSON: what JSON.stringify gives, sooner for the short and plain ones that answers are made of. */
export function jsonString(value: string): string {
  if (value.length > longest) return needsEscape.test(value) ? JSON.stringify(value) : `"${value}"`;
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code < 32 || code === 34 || code === 92 || (code >= 0xd800 && code <= 0xdfff)) {
      return JSON.stringify(value);
    }
  }
  return `"${value}"`;
}
