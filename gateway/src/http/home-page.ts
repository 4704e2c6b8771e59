import { escapeHtml, page } from './page-style.js';
import { graphiqlPath } from './graphiql.js';
import { referencePath } from './reference/reference-pages.js';
import { queuesPath } from './queue-dashboard-page.js';

/** The demo accounts, which share one password. */
export interface DemoAccounts {
  password: string;
  accounts: readonly { email: string; role: string }[];
}

/** The facts that the first page shows. */
export interface HomePageFacts {
  /** Whether the IDEs are served. */
  hasIde: boolean;
  /** Whether the API reference is served. */
  hasReference: boolean;
  /** Whether /metrics is served on this port. */
  hasMetrics: boolean;
  hasQueues: boolean;
  /** Further paths that are served: those of subgraphs and of other processes. */
  paths: readonly string[];
  /** Null where there is no demo data. */
  demo: DemoAccounts | null;
}

interface Endpoint {
  path: string;
  purpose: string;
  isServed: boolean;
  /** Whether a browser can open it. */
  isPage: boolean;
}

/**
 * The gateway's first page: the endpoints that are open, and the demo accounts. Works offline.
 * @param origin the gateway's as the browser knows it, for the example
 */
export function homePage(facts: HomePageFacts, origin: string): string {
  const { hasIde, hasReference, hasMetrics, hasQueues, paths, demo } = facts;
  const endpoints: Endpoint[] = [
    {
      path: '/graphql',
      purpose: hasIde
        ? 'The GraphQL API: POST requests, Server-Sent Events, WebSocket. In a browser: Apollo Sandbox (needs the internet).'
        : 'The GraphQL API: POST requests, Server-Sent Events, WebSocket.',
      isServed: true,
      isPage: hasIde,
    },
    {
      path: referencePath,
      purpose: 'API reference: every operation with an example, every type. Works offline.',
      isServed: hasReference,
      isPage: true,
    },
    { path: graphiqlPath, purpose: 'GraphiQL. Works offline.', isServed: hasIde, isPage: true },
    {
      path: '/dev/mailbox',
      purpose: 'E-mails and texts that would have been sent.',
      isServed: paths.includes('/dev/mailbox'),
      isPage: true,
    },
    {
      path: '/_simulator',
      purpose: 'The Stripe simulator: payments, and the buyer’s actions.',
      isServed: paths.includes('/_simulator'),
      isPage: true,
    },
    { path: queuesPath, purpose: 'Queue dashboard, for administrators.', isServed: hasQueues, isPage: true },
    { path: '/health/ready', purpose: 'Readiness. /health/live for liveness.', isServed: true, isPage: true },
    { path: '/metrics', purpose: 'Metrics for Prometheus.', isServed: hasMetrics, isPage: true },
    {
      path: '/.well-known/jwks.json',
      purpose: 'Public keys that verify access tokens.',
      isServed: paths.includes('/.well-known/jwks.json'),
      isPage: true,
    },
  ];
  const sections = [
    '<h1>Souk</h1>\n<p>One GraphQL API for tours, event tickets, apps and goods.</p>',
    section('Endpoints', list(endpoints.filter(({ isServed }) => isServed).map(endpointRow))),
    section('Try it', `<pre><code>${escapeHtml(exampleFor(origin))}</code></pre>`),
    ...(demo === null ? [] : [demoSection(demo)]),
  ];
  return page('Souk', sections.join('\n'));
}

/** The page for a path that is not there. */
export function notFoundPage(path: string): string {
  return page(
    'Not found · Souk',
    `<h1>Not found</h1>
<p>There is nothing at <code>${escapeHtml(path.slice(0, 200))}</code>.</p>
<p><a href="/">All endpoints</a></p>`,
  );
}

const exampleFor = (origin: string): string => `curl ${origin}/graphql -H 'content-type: application/json' \\
  -d '{"query":"{ listings(first: 5) { nodes { title kind } } }"}'`;

function section(title: string, content: string): string {
  return `<h2>${title}</h2>\n${content}`;
}

function endpointRow({ path, purpose, isPage }: Endpoint): { term: string; text: string } {
  return {
    term: isPage ? `<a href="${path}">${path}</a>` : `<code>${path}</code>`,
    text: escapeHtml(purpose),
  };
}

function demoSection({ password, accounts }: DemoAccounts): string {
  const rows = accounts.map(({ email, role }) => ({
    term: `<code>${escapeHtml(email)}</code>`,
    text: escapeHtml(role),
  }));
  return section(
    'Demo accounts',
    `<p>All have the password <code>${escapeHtml(password)}</code>.</p>\n${list(rows)}`,
  );
}

function list(rows: readonly { term: string; text: string }[]): string {
  return `<dl>\n${rows.map(({ term, text }) => `<div><dt>${term}</dt><dd>${text}</dd></div>`).join('\n')}\n</dl>`;
}
