import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { originOf } from '@souk/shared/listen-host';
import type { Router } from 'express';
import { createSimulator } from 'souk-stripe-simulator/app';

/** The Stripe simulator in this process. The stripe client calls it over HTTP, like Stripe itself. */
export interface LocalSimulator {
  /** http://127.0.0.1:port */
  origin: string;
  /** Router for /_simulator. */
  controls: Router;
  /** Sets the target of webhooks. */
  setWebhookUrl(url: string): void;
  close(): Promise<void>;
}

/** Listen address, data directory and webhook secret. */
export interface LocalSimulatorOptions {
  host: string;
  port: number;
  dataDir: string;
  webhookSecret: string;
}

/** Starts the simulator; port 0 picks a free one. Its state is stored in DATA_DIR. */
export async function startSimulator(
  { host, port, dataDir, webhookSecret }: LocalSimulatorOptions,
  log: (line: string) => void,
): Promise<LocalSimulator> {
  const simulator = await createSimulator({
    dataDir: path.join(dataDir, 'stripe-simulator'),
    webhookSecret,
    log,
  });
  const server = createServer(simulator.api);
  try {
    await listen(server, host, port);
  } catch (error) {
    await simulator.close();
    throw error;
  }
  return {
    origin: originOf(host, (server.address() as AddressInfo).port),
    controls: simulator.controls,
    setWebhookUrl: (url) => simulator.setWebhookUrl(url),
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await simulator.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}
