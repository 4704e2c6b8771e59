import { readFileSync } from 'node:fs';
import path from 'node:path';
import { rejectionsOf } from '@souk/shared/errors';
import { newId, toApiId } from '@souk/shared/ids';
import { findType, notificationTypes } from './catalogue.js';
import { layOutEmail } from './email-layout.js';
import type { NotificationContent } from './notification-type.js';
import { builtInLocales, channels } from './notification-type.js';
import { orderCompleted, orderFailed } from './order-types.js';
import { partnerStatusNotice } from './partner-types.js';
import type { RenderedText } from './rendering.js';
import { builtInText, commonVariables, findBuiltInText, formatFor, renderText } from './rendering.js';
import { securityAlert } from './security-types.js';
import { followedPurchased, newFollower } from './social-types.js';
import { parseTemplate, renderTemplate, variablesOf } from './template-engine.js';

const listing = (title: string): { id: string; title: string } => ({ id: newId(), title });
const total = { amount: 1250, currency: 'EUR' };
const common = { recipientName: 'Ada', siteUrl: 'https://souk.test' };

function render(content: NotificationContent | null, locale = 'en', timeZone = 'UTC'): RenderedText {
  const type = findType(content?.type ?? '');
  if (!content || !type) throw new Error('There is no content.');
  const data = { ...content.variables, ...common };
  return renderText(findBuiltInText(type, 'IN_APP', locale), data, formatFor(locale, timeZone));
}

describe('contents of notifications', () => {
  it.each([
    [['Alps by bicycle'], '“Alps by bicycle”'],
    [['Alps by bicycle', 'A book'], '“Alps by bicycle” and one other item'],
    [['Alps by bicycle', 'A book', 'A lamp'], '“Alps by bicycle” and 2 other items'],
  ])('name the first of %j and count the others', (titles, words) => {
    const content = orderCompleted({ id: newId(), number: 'SK-1', total, listings: titles.map(listing) });
    expect(render(content)).toMatchObject({
      subject: 'Your order SK-1 is complete',
      body: `You bought ${words} for €12.50.`,
    });
  });

  it('are written in the language of the recipient, amounts as in their country', () => {
    const content = orderCompleted({ id: newId(), number: 'SK-1', total, listings: [listing('Ein Buch')] });
    expect(render(content, 'de-AT').body).toBe('Du hast „Ein Buch“ für €\u00a012,50 gekauft.');
    expect(render(content, 'pt-BR').subject).toBe('A sua encomenda SK-1 está concluída');
    expect(render(content, 'fr')).toMatchObject({
      locale: 'fr',
      subject: 'Votre commande SK-1 est terminée',
    });
    expect(render(content, 'ja').locale).toBe('en');
  });

  it('truncate a long title between characters', () => {
    const { body } = render(followedPurchased(newId(), [listing('🚲'.repeat(400))]));
    expect(body).toBe(`They bought “${'🚲'.repeat(119)}…”.`);
  });

  it('do not reveal the order to followers', () => {
    const [buyerId, book] = [newId(), listing('A book')];
    expect(followedPurchased(buyerId, [book])).toEqual({
      type: 'FOLLOWED_PURCHASED',
      variables: { userId: toApiId('user', buyerId), listing: 'A book', others: 0 },
      data: { userId: toApiId('user', buyerId), listingIds: [toApiId('listing', book.id)] },
      secret: null,
    });
  });

  it('contain ids of the API, never of the database', () => {
    const id = newId();
    const order = { id, number: 'SK-1', reason: 'The card was declined.' };
    expect(orderFailed(order)).toMatchObject({
      variables: { reason: 'The card was declined.' },
      data: { orderId: toApiId('order', id), orderNumber: 'SK-1' },
    });
    expect(JSON.stringify([orderFailed(order), newFollower(id)])).not.toContain(id);
  });

  it('say why a partner cannot sell, and nothing about other statuses', () => {
    const notice = (
      status: string,
      reason: string | null,
      previousStatus = 'PENDING',
    ): NotificationContent | null =>
      partnerStatusNotice({
        partnerId: newId(),
        status,
        previousStatus,
        reason,
        commissionBasisPoints: 1_250,
      });
    expect(render(notice('REJECTED', 'No tax number.'))).toMatchObject({
      subject: 'Your partner account was not verified',
      body: 'You cannot sell yet.\n\nReason: No tax number.',
    });
    expect(render(notice('SUSPENDED', null), 'de')).toMatchObject({
      subject: 'Dein Partnerkonto wurde gesperrt',
      body: 'Deine Angebote sind nicht mehr im Verkauf.',
    });
    expect(render(notice('VERIFIED', null)).subject).toBe('You can sell now');
    expect(render(notice('VERIFIED', null, 'VERIFIED'))).toMatchObject({
      subject: 'Your commission has changed',
      body: 'The commission on your sales is 12.5 % from now on.',
    });
    expect(notice('SUSPENDED', null, 'SUSPENDED')).toBeNull();
    expect(notice('PENDING', null)).toBeNull();
  });

  it('show times in the time zone of the recipient', () => {
    const alert = {
      kind: 'PASSKEY_ADDED',
      at: '2026-07-01T10:00:00.000Z',
      device: 'Firefox',
      subject: 'Phone',
    };
    const { body } = render(
      securityAlert(alert as Parameters<typeof securityAlert>[0]),
      'de',
      'Europe/Berlin',
    );
    expect(body).toContain('Der Passkey „Phone“ wurde hinzugefügt.');
    expect(body).toContain('1. Juli 2026 um 12:00:00 MESZ\nGerät: Firefox');
  });
});

describe('the catalogue', () => {
  const cases = notificationTypes.flatMap((type) =>
    channels.flatMap((channel) => builtInLocales.map((locale) => ({ type, channel, locale }))),
  );

  it.each(notificationTypes.map((type) => [type.name, type] as const))(
    '%s has sample data',
    (_name, type) => {
      expect(type.variables.parse(type.sample)).toEqual(type.sample);
      expect(type.secret === null || type.secret in type.variables.shape).toBe(true);
    },
  );

  it('has texts that use declared variables only, and render with the sample data', () => {
    for (const { type, channel, locale } of cases) {
      const text = builtInText(type, channel, locale);
      const declared = [...Object.keys(type.variables.shape), ...commonVariables];
      const used = [text.subject, text.body].flatMap((source) => variablesOf(parseTemplate(source, [])));
      expect(used.filter((name) => !declared.includes(name))).toEqual([]);
      const rendered = renderText({ text, locale }, { ...type.sample, ...common }, formatFor(locale, 'UTC'));
      expect(rendered.subject).not.toBe('');
      expect(rendered.body).not.toBe('');
    }
  });
});

test('docs/notifications.md lists the catalogue', () => {
  const file = path.join(__dirname, '../../../../../docs/notifications.md');
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /^\| `[A-Z_]+`/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(rows).toEqual(
    notificationTypes.map((type) => [
      `\`${type.name}\``,
      type.purpose,
      type.channels.join(', '),
      type.isOptional ? 'yes' : 'no',
      Object.keys(type.variables.shape)
        .map((name) => `\`${name}\``)
        .join(', '),
    ]),
  );
});

describe('templates', () => {
  const problem = (run: () => unknown): { code: string | undefined; message: string | undefined } => {
    try {
      run();
    } catch (error) {
      const [rejection] = rejectionsOf(error) ?? [];
      return { code: rejection?.code, message: rejection?.message };
    }
    return { code: undefined, message: undefined };
  };
  const run = (source: string): string =>
    renderTemplate(parseTemplate(source, ['body']), { name: 'Ada' }, formatFor('en', 'UTC'));

  it.each([
    ['Hello {{ nobody }}', 'nobody'],
    ['Hello {{ name', 'line:1'],
    ['{% if name %}', 'not closed'],
    ['{{ name | shout }}', 'shout'],
    ['{% include "other" %}', 'include'],
    ['{% render "other" %}', 'render'],
    ['{% layout "other" %}', 'layout'],
    ['{{ name.constructor.name }}', 'constructor'],
    ['{% for i in (1..100000000) %}{{ i }}{% endfor %}', 'memory'],
  ])('%s is TEMPLATE_INVALID, which names %s', (source, word) => {
    const { code, message } = problem(() => run(source));
    expect(code).toBe('TEMPLATE_INVALID');
    expect(message).toContain(word);
  });

  it('end within their time', () => {
    const loop =
      '{% for a in (1..900) %}{% for b in (1..900) %}{% for c in (1..900) %}x{% endfor %}{% endfor %}{% endfor %}';
    expect(problem(() => run(loop)).code).toBe('TEMPLATE_INVALID');
  });

  it('cannot add headers or markup by their variables', () => {
    const type = findType('ANNOUNCEMENT');
    if (!type) throw new Error('ANNOUNCEMENT is missing.');
    const variables = {
      title: 'Sale\r\nBcc: everybody@example.com\u2028X: y',
      body: '<img src=x onerror="alert(1)"> {{ name }}\n\nhttps://souk.test/a?b=1&c="<b>',
      ...common,
    };
    const text = renderText(findBuiltInText(type, 'EMAIL', 'en'), variables, formatFor('en', 'UTC'));
    expect(text.subject).toBe('Sale Bcc: everybody@example.com X: y');
    const { html, text: plain } = layOutEmail(text, '<b>Ada</b>', 'https://souk.test/u?token="><script>');
    expect(html).not.toMatch(/<img|<script|<b>|onerror="/);
    expect(html).toContain('Hello &lt;b&gt;Ada&lt;/b&gt;,');
    expect(html).toContain('{{ name }}');
    expect(html).toContain('<a href="https://souk.test/a?b=1&amp;c=');
    expect(plain).toContain('<img src=x onerror="alert(1)"> {{ name }}');
  });
});
