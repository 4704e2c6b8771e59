import type { IncomingMessage, ServerResponse } from 'node:http';
import { sameSecret } from '../auth/gateway-secret.js';
import { metricsText } from '../telemetry.js';

const bearer = /^Bearer +(.+)$/i;

/**
 * Serves the metrics of this process to Prometheus.
 * @param token the bearer token of scrapers; null: everyone who reaches the port may read
 */
export function metricsEndpoint(
  token: string | null,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const presented = bearer.exec(request.headers.authorization ?? '')?.[1] ?? '';
    response.setHeader('cache-control', 'no-store');
    if (token !== null && !sameSecret(presented, token)) {
      response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
      return;
    }
    const { contentType, text } = await metricsText();
    response.writeHead(200, { 'content-type': contentType }).end(text);
  };
}
