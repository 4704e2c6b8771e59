import { headingsOf, renderMarkdown } from './markdown.js';
import { searchEntries } from './search-index.js';
import type { ReferencePage } from './reference-pages.js';
import { urlOf } from './reference-pages.js';

const file = 'api/types/objects/order.md';
const render = (markdown: string): string => renderMarkdown({ file, markdown });

test('files become addresses', () => {
  expect(urlOf('api/README.md')).toBe('/docs');
  expect(urlOf('api/operations/queries/order.md')).toBe('/docs/operations/queries/order');
  expect(urlOf('scalars/date.md')).toBe('/docs/scalars/date');
  expect(urlOf('scalars/README.md')).toBe('/docs/scalars');
});

test('links between files become links between addresses', () => {
  expect(render('[a](../inputs/b.md#c) [d](../../README.md) [e](https://example.com/f.md) [g](#h)')).toBe(
    '<p><a href="/docs/types/inputs/b#c">a</a> <a href="/docs">d</a> ' +
      '<a href="https://example.com/f.md" rel="noreferrer">e</a> <a href="#h">g</a></p>\n',
  );
});

test('HTML in a text is text', () => {
  const html = render(
    '# A <b>c</b>\n\n<script>alert(1)</script>\n\n![x](https://example.com/y.png)\n\n`a<b`',
  );
  expect(html).not.toMatch(/<(?:script|img|b)>?/);
  expect(html).toContain('&lt;script&gt;');
  expect(render('[x](javascript:alert(1))')).not.toContain('href="javascript');
});

test('headings have the ids of code hosts', () => {
  const markdown =
    '# T\n\n## Fields\n\n### `totalCount`\n\n```\n## no heading\n```\n\n### [`A`](b.md)\n\n### `totalCount`';
  expect(headingsOf(markdown).map(({ id }) => id)).toEqual([
    't',
    'fields',
    'totalcount',
    'a',
    'totalcount-1',
  ]);
  const html = render(markdown);
  expect(html).toContain(
    '<h3 id="totalcount"><a class="anchor" href="#totalcount"><code>totalCount</code></a></h3>',
  );
  expect(html).toContain('<h3 id="totalcount-1">');
  // A link cannot be inside another one.
  expect(html).toContain('<h3 id="a"><a href="/docs/types/objects/b"><code>A</code></a></h3>');
});

test('the index has pages and their fields', () => {
  const order: ReferencePage = {
    url: '/docs/types/objects/order',
    file,
    section: 'Objects',
    title: 'Order',
    markdown:
      '# Order\n\nAn [order](x.md).\n\n## Fields\n\n### `items`\n\n[`[OrderItem!]!`](order-item.md)\n\nWhat was\nbought.\n\nCost: 100.\n\n## Used by\n',
  };
  const first: ReferencePage = { ...order, url: '/docs', section: '', title: 'Souk API' };
  expect(searchEntries([first, order])).toEqual([
    { id: 0, title: 'Order', kind: 'Type', url: '/docs/types/objects/order', text: 'An order.' },
    {
      id: 1,
      title: 'Order.items',
      kind: 'Field',
      url: '/docs/types/objects/order#items',
      text: 'What was bought.',
    },
  ]);
});
