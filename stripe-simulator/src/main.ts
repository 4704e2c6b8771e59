import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { join } from 'node:path';
import express from 'express';
import { createSimulator } from './app.js';
import type { Simulator } from './app.js';
import { readConfig } from './config.js';
import type { Config } from './config.js';

const SHUTDOWN_MS = 4500;

function log(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Listens before it opens the journal: where the port is taken, another simulator may be using the journal. */
async function start(config: Config): Promise<{ server: Server; simulator: Simulator }> {
  let listener: RequestListener = (_request, response) => {
    response.writeHead(503, { 'Retry-After': '1' }).end();
  };
  const server = createServer((request, response) => {
    listener(request, response);
  });
  server.listen(config.port, config.host);
  await once(server, 'listening');

  const simulator = await createSimulator({
    dataDir: config.dataDir === null ? null : join(config.dataDir, 'stripe-simulator'),
    // Without a webhook's address nothing is signed; the secret only has to be unknown.
    webhookSecret: config.webhookSecret ?? randomBytes(32).toString('hex'),
    ...(config.webhookUrl === undefined ? {} : { webhookUrl: config.webhookUrl }),
    ...(config.secretKey === undefined ? {} : { secretKey: config.secretKey }),
    log,
  });
  const app = express();
  app.disable('x-powered-by');
  app.get(['/health/live', '/health/ready'], (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/', (_request, response) => response.redirect('/_simulator'));
  app.use('/_simulator', simulator.controls);
  app.use(simulator.api);
  listener = app;
  return { server, simulator };
}

function announce(config: Config, server: Server): void {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  log(
    `Stripe simulator on http://${config.host}:${port}/v1, page and controls on http://${config.host}:${port}/_simulator`,
  );
  log(
    config.dataDir === null
      ? 'DATA_DIR is not set: state is lost at a restart'
      : `State is stored in ${config.dataDir}`,
  );
  log(
    config.webhookUrl === undefined
      ? 'WEBHOOK_URL is not set: no events are sent'
      : `Events go to ${config.webhookUrl}`,
  );
}

async function stop(server: Server, simulator: Simulator): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await simulator.close();
  await closed;
}

async function main(): Promise<void> {
  const config = readConfig();
  const { server, simulator } = await start(config);
  announce(config, server);
  let stopping = false;
  const onSignal = () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
    void stop(server, simulator).then(() => process.exit(0));
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
