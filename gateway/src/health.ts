import type { Log } from '@souk/shared/log';
import { metricsText } from '@souk/shared/telemetry';
import type { Router } from 'express';
import express from 'express';
import type { Links } from './links.js';
import { probe } from './link.js';

const probeTimeoutMs = 1_000;

/** What the probes look at. */
export interface HealthOptions {
  links: Pick<Links, 'all'>;
  gatewaySecret: string | null;
  log: Log;
  isClosing: () => boolean;
}

/** /metrics: what this process tells of itself, for Prometheus. /health/live: the process runs. /health/ready: it takes requests, and each subgraph answers; else 503 with who is away. */
export function healthRouter({ links, gatewaySecret, log, isClosing }: HealthOptions): Router {
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
  // However many ask at once, the subgraphs are asked once.
  const away = (): Promise<string[]> => {
    running ??= findAway().finally(() => {
      running = null;
    });
    return running;
  };

  const router = express.Router();
  router.get('/health/live', (_request, response) => {
    response.json({ live: true });
  });
  router.get('/health/ready', async (_request, response) => {
    if (isClosing()) {
      response.status(503).json({ ready: false, away: [] });
      return;
    }
    const names = await away();
    response.status(names.length === 0 ? 200 : 503).json({ ready: names.length === 0, away: names });
  });
  router.get('/metrics', async (_request, response) => {
    const { contentType, text } = await metricsText();
    response.type(contentType).send(text);
  });
  return router;
}
