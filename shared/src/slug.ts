import slugify from '@sindresorhus/slugify';

/** Options of a slug. */
export interface SlugOptions {
  /** Maximum number of characters. */
  maxLength: number;
  /** The slug of a text without a letter or digit that can be transliterated, such as 東京. */
  fallback: string;
}

/**
 * Makes a part of a web address from a text: lowercase words and digits, separated by hyphens. Letters of other scripts
 * are transliterated: "Café & Straße" becomes "cafe-strasse", "Αθήνα" becomes "athina".
 */
export function slugOf(text: string, { maxLength, fallback }: SlugOptions): string {
  // Accents of Latin letters are dropped, as in earlier slugs. slugify would apply German rules to all languages, ö to oe.
  const withoutAccents = text
    .normalize('NFKD')
    .replaceAll(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC');
  const slug = slugify(withoutAccents, { decamelize: false, customReplacements: [['&', ' ']] })
    .slice(0, maxLength)
    .replace(/-$/, '');
  return slug === '' ? fallback : slug;
}
