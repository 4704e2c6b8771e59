import { randomBytes } from 'node:crypto';

const maxLength = 100;

/** Maximum length of a slug that is made from a title, without its suffix. */
export const maxGeneratedSlug = 80;

/** Whether text is a slug: lowercase words and digits, separated by hyphens. */
export function isSlug(text: string): boolean {
  return text.length <= maxLength && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);
}

/** Adds a random suffix to a slug. */
export function suffixed(slug: string): string {
  return `${slug}-${randomBytes(3).toString('hex')}`;
}

/** The suffix that `suffixed` adds. */
const suffix = /^-[0-9a-f]{6}$/;

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

/** Whether a slug is the generated one, or that one with a suffix. */
export function isGeneratedFrom(slug: string, generated: string): boolean {
  return (
    slug === generated || (slug.startsWith(`${generated}-`) && suffix.test(slug.slice(generated.length)))
  );
}
