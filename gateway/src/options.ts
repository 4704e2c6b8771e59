import type { VerifyToken } from '@souk/shared/auth/access-token';
import type { Revocations } from '@souk/shared/auth/ended-sessions';
import type { SubgraphExecutor, SubgraphSubscriber } from '@souk/shared/graph/server';
import type { Log } from '@souk/shared/log';
import type { QueueDashboard } from '@souk/shared/queue/queue-dashboard';
import type { SettingsReplica } from '@souk/shared/replication/settings-replica';
import { readFileSync } from 'node:fs';
import type { TrustedDocuments } from './access/trusted-documents.js';
import { readTrustedDocuments } from './access/trusted-documents.js';
import type { ReadCacheOptions } from './cache/cache-store.js';
import type { Config } from './config.js';
import type { ThreadFile } from './execution/plan/planner-thread.js';
import type { DemoAccounts } from './http/home-page.js';
import type { MetricsAccess } from './http/metrics-server.js';
import type { ProxyRoute } from './http/reverse-proxy.js';
import type { CountLimits } from './limits/count-limits.js';
import type { RateLimits } from './limits/rate-limit.js';
import type { LocalRoute } from './http/http-endpoints.js';
import type { HoldsPolicy } from './types/access.js';

/** Dependencies and settings of a gateway. */
export interface GatewayOptions {
  /** The composed supergraph, with its access rules. */
  supergraphSdl: string;
  /** The subgraphs by name, where they are functions of this process; null: over HTTP. */
  subgraphs: Readonly<Record<string, SubgraphExecutor>> | null;
  /** The subscriptions of those that are functions of this process. */
  subscribers?: Readonly<Record<string, SubgraphSubscriber>>;
  /** Addresses of subgraphs by name, instead of those in the supergraph. */
  urls?: Readonly<Record<string, string>>;
  /** Null ignores tokens and refuses every field that requires one. */
  verifyToken: VerifyToken | null;
  /** Ends the streams of sessions that end; null, or left out, where they end with their tokens only. */
  revocations?: Pick<Revocations, 'isEnded' | 'onEnded'> | null;
  /** The system settings; null, or left out, where no account has any. */
  settings?: Pick<SettingsReplica, 'get' | 'started'> | null;
  /** Decides @policy; by default callers hold the policies in their tokens. */
  holdsPolicy?: HoldsPolicy;
  /** The secret that subgraphs require of the gateway; null where they require none. */
  gatewaySecret: string | null;
  log: Log;
  /** Hides internal details from clients. */
  production: boolean;
  /** The demo accounts, for the first page; null or left out without demo data. */
  demo?: DemoAccounts | null;
  /** Enables introspection and the IDEs. */
  introspection: boolean;
  /** The folder of documentation whose API reference is served at /docs; null or left out: it is not served. */
  docsFolder?: string | null;
  /** Endpoints of other processes, served by reverse proxy. */
  forwards?: readonly ProxyRoute[];
  /** Endpoints of subgraphs in this process. They read request bodies themselves. */
  routers?: readonly LocalRoute[];
  /** The queue dashboard at /admin/queues; null or left out without queues or tokens. */
  queueBoard?: QueueDashboard | null;
  /** Of a request body; 1 MB when left out. */
  maxBodyBytes?: number;
  /** How deep operations may nest; 15 when left out. */
  depthLimit?: number;
  /** How many aliases, root fields and directives operations may have; 150, 30 and 60 when left out. */
  countLimits?: CountLimits;
  /** The highest estimated cost of an operation (limits/cost.ts); 100,000 by default. */
  maxCost?: number;
  /** The highest estimated cost of one subscription event; 5,000 by default. */
  maxEventCost?: number;
  /** The thread that checks and plans operations; null plans in the calling thread. A compiled gateway has its own. */
  plannerThread?: ThreadFile | null;
  /** Items of a list without @listSize in a foreign supergraph, where costs are estimated; 10 when left out. */
  assumedListSize?: number;
  /** Null, or left out: any number of requests. */
  rateLimits?: RateLimits | null;
  /** Null, or left out: none. */
  trustedDocuments?: TrustedDocuments | null;
  /** Allowed origins besides the gateway's own. */
  corsOrigins?: readonly string[];
  /** The subgraph that keeps refresh tokens in cookies of browsers; null or left out: none. */
  refreshCookieSubgraph?: string | null;
  /** Validates supergraphs before they are served. Set it for supergraphs that no build has checked. */
  validateSupergraph?: boolean;
  /** Timeout of a whole request; 30 s by default. */
  requestTimeoutMs?: number;
  /** Concurrent calls of one subgraph; 2,000 by default. */
  maxSubgraphCalls?: number;
  /** How long an open circuit rejects calls before a trial call; 5 s by default. */
  subgraphResetTimeoutMs?: number;
  /** Timeout of a subgraph call; 10 s by default. */
  subgraphTimeoutMs?: number;
  /** Approximate memory for plans and compiled operations; 64 MB by default. */
  maxPlanBytes?: number;
  /** Whether identical concurrent queries of one caller run once; yes by default. */
  shareQueries?: boolean;
  /** Whether entity fetches of one request are batched; yes by default. */
  joinCalls?: boolean;
  /**
   * Whether an operation with a field that its caller may not see is refused whole; no when left out: such a field is
   * null, with an error at its place.
   */
  refuseUnauthorized?: boolean;
  /** Null or left out disables the read cache. */
  readCache?: ReadCacheOptions | null;
  /** Streams and WebSockets that may be open at one time; 20,000 when left out. */
  maxStreams?: number;
  /** Of them, those that one user may have; 100 when left out. */
  maxStreamsPerClient?: number;
  /** Of them, those from one address, of its users and of anonymous callers; 1,000 when left out. */
  maxStreamsPerAddress?: number;
  /** How long a WebSocket may be open without an operation; 120 s when left out. */
  socketIdleMs?: number;
  /** Interval of keep-alives on silent streams; 15 s by default. */
  streamPingMs?: number;
  /** How long a client may leave sent events unread before it is disconnected; 10 s by default. */
  slowClientMs?: number;
  /** Number of trusted proxies in front of the gateway (X-Forwarded-For); 0 by default. */
  trustedProxies?: number;
  /** 0 chooses a free port. */
  port: number;
  /** The address that it listens on; loopback when left out. */
  host?: string;
  /** Access to /metrics; public on this port by default. */
  metrics?: MetricsAccess;
  /**
   * Seconds of Strict-Transport-Security where a trusted proxy says that the client came by HTTPS; 0 when left out:
   * never.
   */
  hstsMaxAge?: number;
}

/** The options that follow from the environment alone. The rest depends on how the topology is wired. */
export type ConfiguredOptions = Omit<
  GatewayOptions,
  | 'supergraphSdl'
  | 'subgraphs'
  | 'subscribers'
  | 'urls'
  | 'verifyToken'
  | 'revocations'
  | 'settings'
  | 'holdsPolicy'
  | 'gatewaySecret'
  | 'refreshCookieSubgraph'
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
    demo: config.demo,
    introspection: config.introspection,
    docsFolder: config.docsFolder,
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
