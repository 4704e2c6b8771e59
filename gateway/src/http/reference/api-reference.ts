import type { Request, Response, Router } from 'express';
import express from 'express';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sendCompressible } from '../compression.js';
import { renderMarkdown } from './markdown.js';
import type { ReferenceAssets } from './reference-layout.js';
import { referenceLayout, referencePolicy } from './reference-layout.js';
import type { ReferencePage } from './reference-pages.js';
import { readReferencePages, referencePath } from './reference-pages.js';
import { searchEntries } from './search-index.js';

interface Served {
  text: string;
  contentType: string;
  /** Of the text; weak, since the bytes depend on the content coding. */
  etag: string;
}

interface Site {
  pages: ReadonlyMap<string, ReferencePage>;
  assets: ReferenceAssets;
  /** Files that are named by their hash, by address. */
  files: ReadonlyMap<string, Served>;
  /** Pages that have been rendered, by address. */
  rendered: Map<string, Served>;
}

const assetsFolder = join(__dirname, '../../../assets/reference');
const assetsPath = `${referencePath}/assets`;
const yearSeconds = 31_536_000;

/** Whether a folder of documentation has the pages. A gateway that is installed alone has none. */
export function hasReference(folder: string): boolean {
  return existsSync(join(folder, 'api/README.md'));
}

/**
 * Serves the API reference, which `npm run docs:api` generates as Markdown. Pages are read at the first request and
 * rendered when they are first requested. They load files of this gateway only.
 * @param folder the folder of documentation, with `api` and `scalars`
 */
export function apiReference(folder: string): Router {
  let site: Promise<Site> | null = null;
  const loaded = (): Promise<Site> =>
    (site ??= loadSite(folder).catch((error: unknown) => {
      site = null;
      throw error;
    }));

  const router = express.Router();
  router.get(`${assetsPath}/:name`, async (request, response, next) => {
    const { files } = await loaded();
    const file = files.get(request.path);
    if (file) await send(request, response, file, `public, max-age=${yearSeconds}, immutable`);
    else next();
  });
  router.get([referencePath, `${referencePath}/*path`], async (request, response, next) => {
    const served = pageAt(await loaded(), request.path.replace(/\/$/, ''));
    if (!served) {
      next();
      return;
    }
    response.setHeader('content-security-policy', referencePolicy);
    await send(request, response, served, 'no-cache');
  });
  return router;
}

async function send(
  request: Request,
  response: Response,
  served: Served,
  cacheControl: string,
): Promise<void> {
  response.setHeader('cache-control', cacheControl);
  response.setHeader('etag', served.etag);
  if (request.fresh) response.status(304).end();
  else await sendCompressible(request, response, 200, { ...served, owner: served });
}

async function loadSite(folder: string): Promise<Site> {
  const pages = await readReferencePages(folder);
  const files = new Map<string, Served>();
  const add = (name: string, ending: string, contentType: string, text: string): string => {
    const url = `${assetsPath}/${name}.${hashOf(text).slice(0, 12)}.${ending}`;
    files.set(url, served(contentType, text));
    return url;
  };
  const script = 'text/javascript; charset=utf-8';
  const assets: ReferenceAssets = {
    style: add('reference', 'css', 'text/css; charset=utf-8', assetText('reference.css')),
    script: add('reference', 'js', script, assetText('reference.js')),
    search: add('minisearch', 'js', script, miniSearchText()),
    index: add(
      'index',
      'json',
      'application/json; charset=utf-8',
      JSON.stringify(searchEntries(pages.values())),
    ),
  };
  return { pages, assets, files, rendered: new Map() };
}

function pageAt({ pages, assets, rendered }: Site, url: string): Served | null {
  const known = rendered.get(url);
  if (known) return known;
  const page = pages.get(url);
  if (!page) return null;
  const html = referenceLayout(page, renderMarkdown(page), pages.values(), assets);
  const made = served('text/html; charset=utf-8', html);
  rendered.set(url, made);
  return made;
}

function served(contentType: string, text: string): Served {
  return { text, contentType, etag: `W/"${hashOf(text)}"` };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 27);
}

function assetText(name: string): string {
  return readFileSync(join(assetsFolder, name), 'utf8');
}

/** The search library as an ES module for browsers, beside the one that Node loads. */
function miniSearchText(): string {
  const file = join(dirname(require.resolve('minisearch')), '../es/index.js');
  return readFileSync(file, 'utf8').replace(/^\/\/# sourceMappingURL=.*$/m, '');
}
