import { createHash } from 'node:crypto';
import type { StoredEntry } from '../channels/mailbox.js';
import { escapeHtml } from '../domain/notification/email-layout.js';

const style = `
:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
main { max-width: 56rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { margin: 0 0 1rem; font-size: 1.6rem; }
details { margin: 0 0 0.5rem; border: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); border-radius: 8px; }
summary { padding: 0.6rem 1rem; cursor: pointer; overflow-wrap: anywhere; }
summary small { display: block; opacity: 0.75; }
iframe { display: block; width: 100%; height: 32rem; border: 0; background: #ffffff; }
pre { margin: 0; padding: 1rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; font: 0.9em/1.5 ui-monospace, monospace; }
`;

/** Allows the page's own style and frames of Souk itself, and nothing else. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "img-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The policy of a shown e-mail: its styles, and nothing that runs, loads, submits or leaves the frame. */
export const messagePolicy = [
  'sandbox',
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** The page of the development mailbox, newest entry first. @param path where a shown entry is */
export function mailboxPage(entries: readonly StoredEntry[], path: string): string {
  const list =
    entries.length === 0
      ? '<p>Nothing has been sent yet.</p>'
      : entries.map((entry, index) => item(entry, path, index === 0)).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mailbox</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<style>${style}</style>
</head>
<body>
<main>
<h1>Mailbox</h1>
${list}
</main>
</body>
</html>
`;
}

function item(
  { id, channel, to, subject, text, html, at }: StoredEntry,
  path: string,
  isOpen: boolean,
): string {
  const title = escapeHtml(subject ?? text.split('\n', 1)[0] ?? '');
  const shown =
    html === null
      ? `<pre>${escapeHtml(text)}</pre>`
      : `<iframe sandbox loading="lazy" title="${title}" src="${path}/${id}"></iframe>
<details><summary>Plain text</summary><pre>${escapeHtml(text)}</pre></details>`;
  return `<details${isOpen ? ' open' : ''}>
<summary>${title}<small>${escapeHtml(channel)} to ${escapeHtml(to)}, ${at.toISOString()}</small></summary>
${shown}
</details>`;
}
