import slugify from '@sindresorhus/slugify';
import anyAscii from 'any-ascii';

/** Options of a slug. */
export interface SlugOptions {
  /** Maximum number of characters. */
  maxLength: number;
  /** The slug of a text without a letter or digit, such as an emoji. */
  fallback: string;
}

/**
 * Makes a part of a web address from a text: lowercase words and digits, separated by hyphens. Letters of other scripts
 * are transliterated: "Café & Straße" becomes "cafe-strasse", "Αθήνα" becomes "athina", "東京" becomes "dong-jing".
 */
export function slugOf(text: string, { maxLength, fallback }: SlugOptions): string {
  // Accents of Latin letters are dropped, as in earlier slugs. slugify would apply German rules to all languages, ö to oe.
  const withoutAccents = text
    .normalize('NFKD')
    .replaceAll(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC');
  const slug = slugify(transliterateRest(withoutAccents), {
    decamelize: false,
    customReplacements: [['&', ' ']],
  })
    .slice(0, maxLength)
    .replace(/-$/, '');
  return slug === '' ? fallback : slug;
}

const isAscii = /^[\x20-\x7e]$/;
const notInSlug = /[^A-Za-z0-9]/g;
const letterOrDigit = /[\p{L}\p{M}\p{N}]/gu;
const ideograph = /\p{Script=Han}/u;

/**
 * Transliterates the letters of scripts that slugify drops, such as Hangul, Thai and Devanagari. An ideograph becomes a word
 * of its own.
 */
function transliterateRest(text: string): string {
  return text.replaceAll(letterOrDigit, (letter) => {
    if (isAscii.test(letter) || slugify(letter) !== '') return letter;
    const word = anyAscii(letter).replaceAll(notInSlug, '');
    return ideograph.test(letter) ? ` ${word} ` : word;
  });
}
