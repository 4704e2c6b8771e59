import { createHash } from 'node:crypto';
import type { Router } from 'express';
import express from 'express';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants, gzip } from 'node:zlib';
import { chooseCoding } from '@souk/shared/content-coding';
import { sendError } from './errors.js';
import { firstDocument } from './first-document.js';
import { headerOf } from '../types/request.js';

/** The path of GraphiQL. Its files are below it. */
export const graphiqlPath = '/graphiql';

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' blob:",
  "worker-src 'self' blob:",
  // The editor adds style elements.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface Asset {
  contentType: string;
  br: Buffer;
  gzip: Buffer;
}

/** The small page, and the files that it names, by path. */
interface GraphiqlPages {
  html: string;
  assets: ReadonlyMap<string, Asset>;
}

/**
 * GraphiQL from local files, for work without a network. The library renders one page of 9 MB: its style and script are
 * served as files that are named by their hash, so that browsers load them once. They are made on the first request.
 */
export function graphiql(): Router {
  let pages: Promise<GraphiqlPages> | null = null;
  const loaded = (): Promise<GraphiqlPages> =>
    (pages ??= renderPages().catch((error: unknown) => {
      pages = null;
      throw error;
    }));

  const router = express.Router();
  router.get(graphiqlPath, async (_request, response) => {
    const { html } = await loaded();
    response.setHeader('content-security-policy', contentSecurityPolicy);
    response.setHeader('cache-control', 'no-cache');
    response.type('html').send(html);
  });
  router.get(`${graphiqlPath}/:file`, async (request, response) => {
    const asset = (await loaded()).assets.get(`${graphiqlPath}/${request.params.file}`);
    if (!asset) {
      sendError(response, 404, 'NOT_FOUND', 'This file is of another version of GraphiQL. Reload the page.');
      return;
    }
    response.setHeader('content-type', asset.contentType);
    response.setHeader('cache-control', 'public, max-age=31536000, immutable');
    response.vary('accept-encoding');
    const { coding } = chooseCoding(headerOf(request, 'accept-encoding'));
    if (coding !== 'identity') response.setHeader('content-encoding', coding);
    response.end(coding === 'identity' ? await promisify(brotliDecompress)(asset.br) : asset[coding]);
  });
  return router;
}

async function renderPages(): Promise<GraphiqlPages> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const page = renderGraphiQL({
    title: 'Souk GraphiQL',
    endpoint: '/graphql',
    subscriptionsProtocol: 'SSE',
    defaultQuery: firstDocument,
    favicon: '/favicon.svg',
  });
  const style = between(page, '<style>', page.indexOf('</style>'));
  // The script's own texts have tags too.
  const script = between(page.slice(style.end), '<script>', page.slice(style.end).lastIndexOf('</script>'));
  const css = await assetOf('css', 'text/css; charset=utf-8', style.text);
  const js = await assetOf('js', 'text/javascript; charset=utf-8', script.text);
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Souk GraphiQL</title>
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="${css.path}">
<body id="body" class="no-focus-outline">
<noscript>GraphiQL needs JavaScript.</noscript>
<div id="root"></div>
<script src="${js.path}"></script>
</html>
`;
  return { html, assets: new Map([css, js].map(({ path, asset }) => [path, asset])) };
}

function between(page: string, tag: string, end: number): { text: string; end: number } {
  const start = page.indexOf(tag);
  if (start === -1 || end <= start) throw new Error(`GraphiQL's page has no ${tag}.`);
  return { text: page.slice(start + tag.length, end), end };
}

async function assetOf(
  extension: string,
  contentType: string,
  text: string,
): Promise<{ path: string; asset: Asset }> {
  const bytes = Buffer.from(text);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const [br, zipped] = await Promise.all([
    promisify(brotliCompress)(bytes, { params }),
    promisify(gzip)(bytes, { level: 6 }),
  ]);
  return {
    path: `${graphiqlPath}/${hash}.${extension}`,
    asset: { contentType, br, gzip: zipped },
  };
}
