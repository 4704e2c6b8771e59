import type { RequestHandler, Response, Router } from 'express';
import express from 'express';
import { favicon } from './favicon.js';
import { sendError } from './errors.js';
import type { HomePageFacts } from './home-page.js';
import { homePage, notFoundPage } from './home-page.js';
import { pagePolicy } from './page-style.js';

const daySeconds = 86_400;

/** Serves the first page at `/`, and the icon. */
export function webPages(facts: HomePageFacts): Router {
  const router = express.Router();
  router.get('/', (request, response) => {
    response.setHeader('cache-control', 'no-cache');
    sendPage(response, 200, homePage(facts, `${request.protocol}://${request.headers.host ?? 'localhost'}`));
  });
  // Browsers request /favicon.ico for pages without an icon of their own.
  router.get(['/favicon.svg', '/favicon.ico'], (_request, response) => {
    response.setHeader('cache-control', `public, max-age=${daySeconds}`);
    response.setHeader('content-security-policy', "default-src 'none'");
    response.type('image/svg+xml').send(favicon);
  });
  return router;
}

/** Handles unknown paths: NOT_FOUND as JSON, a page for browsers. */
export const notFound: RequestHandler = (request, response) => {
  response.vary('accept');
  if (request.accepts(['json', 'html']) === 'html')
    sendPage(response, 404, notFoundPage(request.originalUrl.replace(/\?.*/s, '')));
  else sendError(response, 404, 'NOT_FOUND', 'There is no endpoint at this path.');
};

function sendPage(response: Response, status: number, html: string): void {
  response.setHeader('content-security-policy', pagePolicy);
  response.status(status).type('html').send(html);
}
