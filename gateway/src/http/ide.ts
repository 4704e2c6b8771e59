import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestHandler } from 'express';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { GatewayContext } from '../types/request.js';

const firstDocument = `# Log in as the demo buyer, then put the access token into the headers:
# Authorization: Bearer <accessToken>
mutation Login {
  login(email: "buyer@souk.test", password: "souk-demo-2026") {
    accessToken
    user {
      id
      displayName
    }
    userErrors {
      code
      message
    }
  }
}

query Browse {
  listings(first: 5) {
    nodes {
      title
      kind
      offers {
        id
        title
        price {
          formatted
        }
      }
    }
  }
}
`;

/** The page at /graphql: Apollo Sandbox, which is loaded from Apollo's servers, or nothing. */
export function landingPage(isOpen: boolean): ApolloServerPlugin<GatewayContext> {
  if (!isOpen) return ApolloServerPluginLandingPageDisabled();
  return ApolloServerPluginLandingPageLocalDefault({
    footer: false,
    document: firstDocument,
    // Embedded, its requests come from our own page: no cross-origin rules apply.
    embed: { runTelemetry: false, endpointIsEditable: false },
  });
}

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline' blob:",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * GraphiQL from local files, for work without a network. The page is 9 MB: rendered and compressed on the first
 * request.
 */
export function graphiql(): RequestHandler {
  let page: Promise<Buffer> | null = null;

  const render = async (): Promise<Buffer> => {
    const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
    const html = renderGraphiQL({
      title: 'Souk GraphiQL',
      endpoint: '/graphql',
      subscriptionsProtocol: 'SSE',
      defaultQuery: firstDocument,
    });
    return promisify(gzip)(html, { level: 6 });
  };

  return async (request, response) => {
    page ??= render().catch((error: unknown) => {
      page = null;
      throw error;
    });
    const compressed = await page;
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('content-security-policy', contentSecurityPolicy);
    response.setHeader('cache-control', 'no-cache');
    response.vary('accept-encoding');
    if (request.acceptsEncodings('gzip')) {
      response.setHeader('content-encoding', 'gzip');
      response.end(compressed);
    } else {
      response.end(await promisify(gunzip)(compressed));
    }
  };
}
