const maxLength = 60;

/** The canonical form of a BCP 47 tag: `pt-BR` for `pt-br`, and for `pt_BR` as POSIX writes it; null if it is no tag. */
export function canonicalLocale(tag: string): string | null {
  if (tag.length > maxLength) return null;
  try {
    return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}
