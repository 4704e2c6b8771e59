import { randomBytes } from 'node:crypto';

const maxLength = 100;

/** Whether text is a slug: lowercase words and digits, separated by hyphens. */
export function isSlug(text: string): boolean {
  return text.length <= maxLength && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);
}

/**
 * Makes a slug from a title: "Café del Mar" becomes "cafe-del-mar". Returns `fallback` for a title without
 * Latin letters or digits.
 */
export function slugOf(title: string, fallback: string): string {
  const slug = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replaceAll(/^-+|-+$/g, '');
  return slug === '' ? fallback : slug;
}

/** Adds a random suffix to a slug. */
export function suffixed(slug: string): string {
  return `${slug}-${randomBytes(3).toString('hex')}`;
}

const triesForAFreeSlug = 5;

/**
 * Runs `insert` until a slug is free: only the given one, or generated ones. `insert` returns whether the
 * slug was free. Returns null if the given one is taken.
 */
export async function withFreeSlug(
  given: string | null,
  generated: string,
  insert: (slug: string) => Promise<boolean>,
): Promise<string | null> {
  if (given !== null) return (await insert(given)) ? given : null;
  for (let tries = 0; tries < triesForAFreeSlug; tries += 1) {
    const slug = tries === 0 ? generated : suffixed(generated);
    if (await insert(slug)) return slug;
  }
  throw new Error('No unused slug was found.');
}
