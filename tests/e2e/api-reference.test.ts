import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromiumPath, startChromium } from '../support/chromium.js';
import { soukUrl } from '../support/suite-clients.js';

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${soukUrl}${path}`, { headers, redirect: 'manual' });

const assetsOf = (html: string): string[] =>
  [...html.matchAll(/(?:href|src|data-search|data-index)="(\/docs\/assets\/[^"]+)"/g)].map(
    ([, url = '']) => url,
  );

describe('the API reference at /docs', () => {
  it('is linked from the first page, and shows operations, types and scalars', async () => {
    expect(await (await get('/', { accept: 'text/html' })).text()).toContain('href="/docs"');
    const first = await (await get('/docs')).text();
    expect(first).toContain('href="/docs/operations/mutations/checkout"');
    const operation = await (await get('/docs/operations/mutations/checkout')).text();
    expect(operation).toContain('pm_card_visa');
    expect(operation).toContain('href="/docs/types/inputs/checkout-input"');
    expect(await (await get('/docs/scalars/date-time')).text()).toContain('RFC 3339');
  });

  it('may be cached with a validator, and its files for a year', async () => {
    const page = await get('/docs/types/objects/order');
    const etag = page.headers.get('etag') ?? '';
    expect(page.headers.get('cache-control')).toBe('no-cache');
    // Without a cache-control of the test's own, fetch asks for a fresh response.
    const validator = { 'if-none-match': etag, 'cache-control': 'max-age=0' };
    expect((await get('/docs/types/objects/order', validator)).status).toBe(304);
    expect((await get('/docs/types/objects/offer', validator)).status).toBe(200);
    const assets = assetsOf(await page.text());
    expect(assets).toHaveLength(4);
    for (const asset of assets) {
      const response = await get(asset, { 'accept-encoding': 'br' });
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(response.headers.get('content-encoding')).toBe('br');
    }
  });

  it('allows its own files only, and refers to no other host', async () => {
    const page = await get('/docs/operations/queries/listings');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(await page.text()).not.toMatch(/<(?:script|link|img)[^>]+(?:src|href)="(?:https?:)?\/\//);
  });

  it('has no other files of the repository', async () => {
    for (const path of [
      '/docs/architecture',
      '/docs/api/README',
      '/docs/..%2f..%2fpackage.json',
      '/docs/assets/x.js',
    ])
      expect((await get(path)).status).toBe(404);
  });
});

const inBrowser = chromiumPath === null ? describe.skip : describe;
if (chromiumPath === null)
  process.stderr.write('Chromium is not installed: the reference is not tested in a browser.\n');

inBrowser('the API reference in a browser', () => {
  let browser: Browser;
  const problems: string[] = [];

  beforeAll(async () => {
    browser = await startChromium();
  });

  afterAll(async () => {
    await browser.close();
  });

  /** Opens a page that records errors of scripts, failed requests and requests to other hosts. */
  async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage();
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('requestfailed', (request) => problems.push(`failed: ${request.url()}`));
    page.on('response', (response) => {
      if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(`${soukUrl}/`)) problems.push(`another host: ${request.url()}`);
    });
    await page.goto(`${soukUrl}${path}`);
    return page;
  }

  afterEach(() => {
    expect(problems.splice(0)).toEqual([]);
  });

  it('is searched with the keyboard alone', async () => {
    const page = await open('/docs');
    await page.keyboard.press('/');
    await page.keyboard.type('refundpaym');
    await page.waitForSelector('#results [role=option]');
    await page.keyboard.press('ArrowDown');
    expect(await page.getAttribute('#search', 'aria-activedescendant')).toBe('result-0');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/docs/operations/mutations/refund-payment');
    expect(await page.textContent('h1')).toBe('refundPayment');
  });

  it('finds fields, ranks an exact name first, and says when nothing is found', async () => {
    const page = await open('/docs');
    await page.fill('#search', 'refund');
    expect(await page.textContent('#results [role=option] .title')).toBe('Refund');
    await page.fill('#search', 'paymentStatus order');
    const field = page.locator('#results a', { hasText: 'Order.paymentStatus' });
    await field.click();
    await page.waitForURL('**/docs/types/objects/order#paymentstatus');
    await page.fill('#search', 'zzzzqqqq');
    await page.waitForSelector('#results p');
    await page.keyboard.press('Escape');
    expect(await page.isVisible('#results')).toBe(false);
  });

  it('links the fields and types of a page', async () => {
    const page = await open('/docs/operations/queries/order');
    await page.click('main a[href="/docs/types/objects/order"]');
    await page.waitForURL('**/docs/types/objects/order');
    expect(await page.getAttribute('nav [aria-current=page]', 'href')).toBe('/docs/types/objects/order');
    await page.click('main h3#total a');
    expect(page.url()).toMatch(/#total$/);
  });

  it.each(['light', 'dark'] as const)('fits a phone, %s', async (colorScheme) => {
    for (const path of ['/docs', '/docs/operations/mutations/checkout', '/docs/types/objects/user']) {
      const page = await open(path, { viewport: { width: 360, height: 740 }, colorScheme });
      const [width, background] = await page.evaluate<[number, string]>(
        '[document.documentElement.scrollWidth, getComputedStyle(document.body).backgroundColor]',
      );
      expect(width).toBeLessThanOrEqual(360);
      expect(background).toBe(colorScheme === 'dark' ? 'rgb(13, 17, 23)' : 'rgb(246, 248, 250)');
      await page.click('a[href="#contents"]');
      expect(await page.isVisible('nav summary')).toBe(true);
    }
  });
});
