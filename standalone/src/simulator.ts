import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Router } from 'express';
import { createSimulator } from 'souk-stripe-simulator/app';

/** The Stripe simulator inside this process; the stripe client speaks to it over HTTP as to Stripe itself. */
export interface LocalSimulator {
  /** http://127.0.0.1:port */
  origin: string;
  /** To be mounted under /_simulator. */
  controls: Router;
  /** Sends its events there from now on. */
  setWebhookUrl(url: string): void;
  close(): Promise<void>;
}

/** Starts the simulator on a free port of this machine; its state is kept in DATA_DIR. */
export async function startSimulator(
  dataDir: string,
  webhookSecret: string,
  log: (line: string) => void,
): Promise<LocalSimulator> {
  const simulator = await createSimulator({
    dataDir: path.join(dataDir, 'stripe-simulator'),
    webhookSecret,
    log,
  });
  const server = createServer(simulator.api);
  try {
    await listen(server);
  } catch (error) {
    await simulator.close();
    throw error;
  }
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
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

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}
