import { readFileSync } from 'node:fs';
import type { GatewayOptions } from './app.js';
import type { Config } from './config.js';
import { readTrustedDocuments } from './access/trusted-documents.js';

/** The options that follow from the environment alone. The rest depends on how the topology is wired. */
export type ConfiguredOptions = Omit<
  GatewayOptions,
  | 'supergraphSdl'
  | 'subgraphs'
  | 'subscribers'
  | 'urls'
  | 'verifyToken'
  | 'revocations'
  | 'holdsPolicy'
  | 'gatewaySecret'
  | 'log'
  | 'forwards'
  | 'routers'
  | 'queueBoard'
  | 'rateLimits'
  | 'validateSupergraph'
  | 'maxSubgraphCalls'
  | 'subgraphResetTimeoutMs'
  | 'countLimits'
  | 'plannerThread'
  | 'readCache'
>;

/**
 * Maps the gateway's settings to its options: the one mapping for a process of the gateway's own and for all of Souk in
 * one process, so that a variable has the same effect in both.
 * @throws where TRUSTED_DOCUMENTS_FILE cannot be read
 */
export function gatewayOptions(config: Config): Required<ConfiguredOptions> {
  return {
    production: config.production,
    introspection: config.introspection,
    trustedProxies: config.trustedProxies,
    trustedDocuments:
      config.trustedDocumentsFile === null
        ? null
        : readTrustedDocuments(
            readFileSync(config.trustedDocumentsFile, 'utf8'),
            config.onlyTrustedDocuments,
          ),
    corsOrigins: config.corsOrigins,
    maxBodyBytes: config.maxBodyBytes,
    depthLimit: config.maxDepth,
    maxCost: config.maxCost,
    maxEventCost: config.maxEventCost,
    assumedListSize: config.assumedListSize,
    shareQueries: config.shareQueries,
    joinCalls: config.joinCalls,
    refuseUnauthorized: config.refuseUnauthorized,
    subgraphTimeoutMs: config.subgraphTimeoutMs,
    requestTimeoutMs: config.requestTimeoutMs,
    maxPlanBytes: config.maxPlanBytes,
    maxStreams: config.maxStreams,
    maxStreamsPerClient: config.maxStreamsPerClient,
    maxStreamsPerAddress: config.maxStreamsPerAddress,
    socketIdleMs: config.socketIdleMs,
    streamPingMs: config.streamPingMs,
    slowClientMs: config.slowClientMs,
    port: config.port,
    host: config.host,
    metrics: config.metrics,
    hstsMaxAge: config.hstsMaxAge,
  };
}
