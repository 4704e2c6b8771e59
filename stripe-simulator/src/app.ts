import type { Express, Router } from 'express';
import { createControls } from './controls/router.js';
import { createApi } from './http/api.js';
import { Faults } from './http/faults.js';
import { Store } from './state/store.js';
import { WebhookDispatcher } from './webhooks/dispatcher.js';

export interface SimulatorOptions {
  /** The journal's directory; null: state stays in memory. One simulator at a time may use a directory. */
  readonly dataDir: string | null;
  /** Where events are sent; may be given later with setWebhookUrl. */
  readonly webhookUrl?: string;
  /** Signs events; the other side verifies them with the same. */
  readonly webhookSecret: string;
  /** The one key that the API accepts; without it, any. */
  readonly secretKey?: string;
  readonly log?: (line: string) => void;
}

export interface Simulator {
  /** Answers Stripe's API under /v1: the listener of an HTTP server, or mounted in an Express app. */
  readonly api: Express;
  /** The page and the controls, to be mounted under /_simulator. */
  readonly controls: Router;
  /** Sends events there from now on, and what is still owed from earlier; undefined stops sending. */
  setWebhookUrl(url: string | undefined): void;
  /** Ends calls that a fault keeps waiting, stops sending events and closes the journal. Closing twice is fine. */
  close(): Promise<void>;
}

/**
 * Creates a simulator and restores its state from the journal in its directory.
 * @throws where the directory cannot be written or its journal is damaged other than at its very end
 */
export async function createSimulator(options: SimulatorOptions): Promise<Simulator> {
  const log = options.log ?? (() => undefined);
  const store = await Store.open(options.dataDir, log);
  const faults = new Faults();
  const dispatcher = new WebhookDispatcher({ store, secret: options.webhookSecret, log });
  const api = createApi({
    store,
    faults,
    secretKey: options.secretKey,
    delivers: () => dispatcher.url !== undefined,
    log,
  });
  dispatcher.setUrl(options.webhookUrl);

  const shutDown = async () => {
    api.close();
    await dispatcher.close();
    store.close();
  };
  let closed: Promise<void> | undefined;
  return {
    api: api.handler,
    controls: createControls({ store, dispatcher, faults, log }),
    setWebhookUrl: (url) => dispatcher.setUrl(url),
    close: () => (closed ??= shutDown()),
  };
}
