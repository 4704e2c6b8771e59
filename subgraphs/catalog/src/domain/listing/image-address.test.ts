import { validateImageAddress } from './image-address.js';

const xmlns = 'xmlns="http://www.w3.org/2000/svg"';
const rect = '<rect width="1" height="1" fill="url(#sky)"/>';
const image = (inner: string, more = ''): string => `<svg ${xmlns} ${more}>${inner}</svg>`;
const problemOf = (address: string): string | null => validateImageAddress(new URL(address));

const escaped = (svg: string): string => `data:image/svg+xml,${encodeURIComponent(svg)}`;
const inBase64 = (svg: string): string => `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;

test.each([
  'https://cdn.test/a.png',
  'http://cdn.test/a.svg',
  'data:image/png;base64,iVBORw0KGgo=',
  'data:image/webp;base64,UklGRg==',
  escaped(image(rect)),
  inBase64(image(`<g><title>Salt &amp; pepper</title>${rect}</g>`, 'viewBox="0 0 1 1"')),
])('%s is an address of an image', (address) => {
  expect(problemOf(address)).toBeNull();
});

test.each([
  'ftp://cdn.test/a.png',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:image/png,<script>alert(1)</script>',
  'data:image/png;base64,',
  'data:image/svg+xml,',
  'data:image/svg+xml,%ff',
  'data:image/svg+xml;base64,####',
])('%s is none', (address) => {
  expect(problemOf(address)).not.toBeNull();
});

test.each([
  ['a script', image('<script>alert(1)</script>')],
  [
    'a script of another prefix',
    `<svg ${xmlns} xmlns:s="http://www.w3.org/2000/svg"><s:script>1</s:script></svg>`,
  ],
  ['an event handler', image(rect, 'onload="alert(1)"')],
  ['a handler after a slash', `<svg ${xmlns}><rect/onclick="alert(1)"/></svg>`],
  ['a foreign object', image('<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>')],
  ['an image from elsewhere', image('<image href="https://spy.test/a.png"/>')],
  ['a use from elsewhere', image('<use xlink:href="https://spy.test/a.svg#a"/>')],
  ['a link', image('<a href="javascript:alert(1)"><rect/></a>')],
  ['an animation', image('<set attributeName="href" to="javascript:alert(1)"/>')],
  ['a style', image('<style>@import "https://spy.test/a.css";</style>')],
  ['a style attribute', image('<rect style="fill:url(https://spy.test/a.svg)"/>')],
  ['a paint from elsewhere', image('<rect fill="url(https://spy.test/a.svg#a)"/>')],
  ['a paint from elsewhere, in capitals', image('<rect fill="URL(https://spy.test/a.svg#a)"/>')],
  ['a comment', image('<!-- --><rect/>')],
  ['CDATA', image('<![CDATA[<script>]]>')],
  ['entities of its own', `<!DOCTYPE svg [<!ENTITY a "<script/>">]>${image('&a;')}`],
  ['a processing instruction', `<?xml-stylesheet href="https://spy.test/a.css"?>${image(rect)}`],
  ['a namespace within', image('<g xmlns="http://www.w3.org/1999/xhtml"/>')],
  ['another namespace', '<svg xmlns="http://www.w3.org/1999/xhtml"></svg>'],
  ['no namespace', '<svg></svg>'],
  ['an element that is not closed', `<svg ${xmlns}><g></svg>`],
  ['two images', image(rect) + image(rect)],
  ['text around it', `x${image(rect)}`],
  ['no element', 'x'],
])('an SVG image with %s is refused', (_what, svg) => {
  for (const address of [escaped(svg), inBase64(svg)]) expect(problemOf(address)).toMatch(/SVG|data:/);
});

test('20,000 characters of anything are judged at once', () => {
  for (const part of ['<', '<g ', 'x="1" ', '&#1', ' ', '<g a="', '<g>', 'a']) {
    const svg = `<svg ${xmlns}>${part.repeat(20_000 / part.length)}`;
    const before = process.cpuUsage();
    expect(problemOf(inBase64(svg))).not.toBeNull();
    expect(process.cpuUsage(before).user).toBeLessThan(500_000);
  }
});
