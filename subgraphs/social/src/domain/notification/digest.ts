import type { ClaimedDelivery } from './delivery.js';
import type { BuiltInLocale, NotificationType } from './notification-type.js';
import type { FindText, RenderedText, TemplateData } from './rendering.js';
import { builtInLocale, renderFor, singleLine } from './rendering.js';

const maxLines = 20;

const andMore: Readonly<Record<BuiltInLocale, (count: number) => string>> = {
  en: (count) => `and ${count} more`,
  de: (count) => `und ${count} weitere`,
  pt: (count) => `e mais ${count}`,
  fr: (count) => `et ${count} de plus`,
};

/** The text of a delivery, or of the digest that leaves with it. @param data the common variables, and a secret one */
export function renderDelivery(
  type: NotificationType,
  delivery: ClaimedDelivery,
  data: TemplateData,
  findText: FindText,
): RenderedText {
  const { channel, variables, members } = delivery;
  const texts = [variables, ...members.map((member) => member.variables)].map((each) =>
    renderFor(type, channel, delivery, { ...each, ...data }, findText),
  );
  const [first, ...others] = texts;
  if (!first) throw new Error('A delivery has a text.');
  if (others.length === 0) return first;
  const counts = new Map<string, number>();
  for (const { subject } of texts) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  const lines = [...counts].map(([subject, count]) => (count === 1 ? subject : `${count} × ${subject}`));
  const more = andMore[builtInLocale(first.locale)];
  const shown = lines.slice(0, maxLines);
  if (lines.length > maxLines) shown.push(more(lines.length - maxLines));
  return {
    ...first,
    subject: singleLine(`${first.subject} (${more(others.length)})`),
    body: shown.join('\n\n'),
  };
}
