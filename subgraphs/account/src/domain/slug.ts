const maxLength = 60;

/** A name as a part of a web address: `Costa & Daughters` is `costa-daughters`; never empty. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, maxLength)
    .replace(/^-+|-+$/g, '');
  // A name in letters of another script leaves nothing.
  return slug || 'partner';
}
