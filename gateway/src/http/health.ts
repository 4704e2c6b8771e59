import type { Log } from '@souk/shared/log';
import type { Router } from 'express';
import express from 'express';
import type { SubgraphClients } from '../subgraph/subgraph-clients.js';
import { probe } from '../subgraph/subgraph-client.js';

const probeTimeoutMs = 1_000;
/** How long a readiness result is reused. */
const readyForMs = 1_000;

/** Dependencies of the health probes. */
export interface HealthOptions {
  links: Pick<SubgraphClients, 'all'>;
  gatewaySecret: string | null;
  log: Log;
  /** Logs the unavailable subgraphs instead of listing them in the response. */
  production: boolean;
  isClosing: () => boolean;
}

/**
 * /health/live: the process runs. /health/ready: it accepts requests, and each subgraph responds; otherwise 503, with
 * the names of the unavailable subgraphs outside production.
 */
export function healthRouter({ links, gatewaySecret, log, production, isClosing }: HealthOptions): Router {
  let running: Promise<string[]> | null = null;

  const findAway = async (): Promise<string[]> => {
    const answers = await Promise.all(
      links.all().map(async (link) => ({
        name: link.name,
        problem: await probe(link, gatewaySecret, probeTimeoutMs),
      })),
    );
    const away = answers.filter(({ problem }) => problem !== null);
    if (away.length > 0) log.warn({ away }, 'not ready');
    return away.map(({ name }) => name);
  };
  // Probes the subgraphs at most once a second, however often the gateway is probed.
  const away = (): Promise<string[]> => {
    running ??= findAway().finally(() => {
      setTimeout(() => (running = null), readyForMs).unref();
    });
    return running;
  };

  const answer = (ready: boolean, names: readonly string[]): object =>
    production ? { ready } : { ready, away: names };

  const router = express.Router();
  router.get('/health/live', (_request, response) => {
    response.json({ live: true });
  });
  router.get('/health/ready', async (_request, response) => {
    if (isClosing()) {
      response.status(503).json(answer(false, []));
      return;
    }
    const names = await away();
    const isReady = names.length === 0;
    response.status(isReady ? 200 : 503).json(answer(isReady, names));
  });
  return router;
}
