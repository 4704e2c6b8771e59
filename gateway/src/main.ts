import { tokenVerifier } from '@souk/shared/auth/access-token';
import { remoteRevocations } from '@souk/shared/auth/ended-sessions';
import { remoteKeys } from '@souk/shared/auth/keys';
import { runUntilSignal } from '@souk/shared/graph/process';
import { createLog } from '@souk/shared/log';
import { readFileSync } from 'node:fs';
import { createGateway } from './app.js';
import { readConfig } from './config.js';
import type { Forward } from './forward.js';
import { readSupergraph } from './supergraph.js';

const jwksPath = '/.well-known/jwks.json';

runUntilSignal(async () => {
  const config = readConfig();
  const log = createLog('gateway', config.logLevel);
  const supergraphSdl = readFileSync(config.supergraphFile, 'utf8');
  const { subgraphs } = readSupergraph(supergraphSdl);

  const at = (name: string, path: string): string => {
    const url = config.urls[name] ?? subgraphs.find((subgraph) => subgraph.name === name)?.url;
    if (url === undefined) throw new Error(`The supergraph has no subgraph ${name}.`);
    return new URL(path, url).href;
  };
  const forwards: Forward[] = [
    { path: '/webhooks/stripe', url: at('payment', '/webhooks/stripe'), isSubgraph: true },
    { path: jwksPath, url: at('account', jwksPath), isSubgraph: true },
  ];
  if (config.simulatorUrl !== null) {
    const url = new URL('/_simulator', config.simulatorUrl).href;
    forwards.push({ path: '/_simulator', url, isSubgraph: false });
  }

  const jwksUrl = config.jwksUrl ?? at('account', jwksPath);
  const revocations = remoteRevocations(at('account', '/'), config.gatewaySecret, log);
  const gateway = await createGateway({
    supergraphSdl,
    subgraphs: null,
    urls: config.urls,
    verifyToken: tokenVerifier(remoteKeys(jwksUrl), revocations),
    gatewaySecret: config.gatewaySecret,
    log,
    production: config.production,
    introspection: config.introspection,
    trustedProxies: config.trustedProxies,
    forwards,
    port: config.port,
  });
  const port = await gateway.listen();
  log.info({ port }, 'the gateway is up');
  return {
    close: async () => {
      await Promise.all([gateway.close(), revocations.close()]);
    },
  };
});
