import type { EntityManager } from 'typeorm';
import type { FindText } from './rendering.js';
import { builtInLocale, findBuiltInText } from './rendering.js';

/**
 * Loads the stored templates of types, and returns a function that finds texts: the stored one of the recipient's tag
 * (`de-AT`), of its language (`de`), the built-in one of the language, and English.
 */
export async function loadTexts(manager: EntityManager, types: readonly string[]): Promise<FindText> {
  const rows: { type: string; channel: string; locale: string; subject: string | null; body: string }[] =
    await manager.query(
      'SELECT type, channel, locale, subject, body FROM notification_template WHERE type = ANY($1)',
      [[...new Set(types)]],
    );
  if (rows.length === 0) return findBuiltInText;
  const keyOf = (type: string, channel: string, locale: string): string => `${type}/${channel}/${locale}`;
  const stored = new Map(
    rows.map(({ type, channel, locale, subject, body }) => [
      keyOf(type, channel, locale),
      { text: { subject: subject ?? '', body }, locale },
    ]),
  );
  return (type, channel, tag) => {
    const [language = ''] = (tag ?? '').split('-');
    const tags = [tag ?? '', language, builtInLocale(tag)];
    const found = tags.map((each) => stored.get(keyOf(type.name, channel, each))).find(Boolean);
    return found ?? findBuiltInText(type, channel, tag);
  };
}
