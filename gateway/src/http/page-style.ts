import { createHash } from 'node:crypto';

/** The style of the gateway's own pages, light and dark. It loads nothing. */
export const pageStyle = `
:root { color-scheme: light dark; --text: #1d2329; --muted: #57606a; --line: #d8dee4; --card: #ffffff; --ground: #f6f8fa; --link: #0b57d0; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6edf3; --muted: #9aa4af; --line: #30363d; --card: #161b22; --ground: #0d1117; --link: #79b8ff; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 48rem; margin: 0 auto; padding: 2.5rem 1rem; }
h1 { margin: 0; font-size: 2rem; }
h2 { margin: 2rem 0 0.5rem; font-size: 1.1rem; }
p { margin: 0.5rem 0; color: var(--muted); }
a { color: var(--link); }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
dl { margin: 0; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
dl > div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: 0.6rem 1rem; border-top: 1px solid var(--line); }
dl > div:first-child { border-top: 0; }
dt { flex: 0 0 16rem; overflow-wrap: anywhere; }
dd { flex: 1 1 14rem; margin: 0; color: var(--muted); }
code, pre { font: 0.9em/1.5 ui-monospace, monospace; }
pre { margin: 0; padding: 0.8rem 1rem; overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
`;

const styleHash = createHash('sha256').update(pageStyle).digest('base64');

/** Allows the page's own style and icon, and nothing else. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A page in the gateway's style. `main` is HTML. */
export function page(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<style>${pageStyle}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
}

/** Escapes a text for HTML. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
