import { Counter, Gauge, Histogram, register } from 'prom-client';
import { DeferredCounter, DeferredHistogram } from './deferred-metrics.js';

// Metrics of a process at /metrics. Names begin with souk_; times are in seconds.

/** The metrics of this process in Prometheus' text format, and its content type. */
export async function metricsText(): Promise<{ contentType: string; text: string }> {
  return { contentType: register.contentType, text: await register.metrics() };
}

/** Replies of participants to steps of sagas, by outcome: done, waiting, rejected, fault, retrying. */
export const sagaReplies = new Counter({
  name: 'souk_saga_replies_total',
  help: 'Replies to the steps of sagas.',
  labelNames: ['saga', 'step', 'direction', 'outcome'],
});

/** Duration of steps, from the command to its reply. */
export const sagaStepSeconds = new Histogram({
  name: 'souk_saga_step_seconds',
  help: 'Duration of saga steps.',
  labelNames: ['saga', 'step'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
});

/** How sagas ended. */
export const sagasEnded = new Counter({
  name: 'souk_sagas_ended_total',
  help: 'Sagas that ended, by ending.',
  labelNames: ['saga', 'ending'],
});

/** Messages that failed, and those that were given up. */
export const messagesFailed = new Counter({
  name: 'souk_messages_failed_total',
  help: 'Failed attempts to handle messages; set_aside marks the last attempt.',
  labelNames: ['queue', 'name', 'set_aside'],
});

/** Messages that could not be sent, whose rows stay in the outbox with their error. */
export const messagesSetAside = new Counter({
  name: 'souk_messages_set_aside_total',
  help: 'Messages that were set aside because their queue refuses them.',
  labelNames: ['queue', 'name'],
});

/** How many messages share a batch. */
export const batchSize = new Histogram({
  name: 'souk_batch_messages',
  help: 'Messages handled in one batch.',
  labelNames: ['queue', 'name'],
  buckets: [1, 2, 5, 10, 20, 50, 100],
});

/**
 * Calls of the gateway to subgraphs, each with its retry: answered, or failed. Calls that the gateway rejected are not
 * counted.
 */
export const subgraphSeconds = new DeferredHistogram({
  name: 'souk_gateway_subgraph_seconds',
  help: 'Calls to subgraphs, by outcome.',
  labelNames: ['subgraph', 'outcome'],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

/** Subgraphs whose circuit is open. */
export const subgraphCircuits = new Gauge({
  name: 'souk_gateway_circuit_open',
  help: '1 while the circuit of a subgraph is open, else 0.',
  labelNames: ['subgraph'],
});

/** The gateway's cache of public reads. */
export const cacheEvents = new DeferredCounter({
  name: 'souk_gateway_cache_events_total',
  help: 'Answers and entities: hit, miss, stored, refused (changed meanwhile, or no room), unsure, failed. Topics: dropped.',
  labelNames: ['kind', 'event'],
});

/** Queries and mutations over all transports, by operation name and outcome (request-metrics.ts of the gateway). */
export const gatewayRequests = new DeferredHistogram({
  name: 'souk_gateway_request_seconds',
  help: 'Queries and mutations, from the first byte to the last of the answer.',
  labelNames: ['operation', 'outcome'],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
});

/** Subscriptions by the name of their operation and by how they began: begun, refused, failed, gone. */
export const subscriptionStarts = new Counter({
  name: 'souk_gateway_subscriptions_total',
  help: 'Requested subscriptions, by outcome of their start.',
  labelNames: ['operation', 'outcome'],
});

/** Events sent to clients, by the name of their subscription. */
export const eventsDelivered = new DeferredCounter({
  name: 'souk_gateway_events_total',
  help: 'Subscription events sent to clients.',
  labelNames: ['operation'],
});

/** Limits at which the gateway rejects requests. */
export type GatewayLimit =
  | 'body'
  | 'tokens'
  | 'depth'
  | 'aliases'
  | 'root_fields'
  | 'directives'
  | 'fields'
  | 'objects'
  | 'operations'
  | 'fragments'
  | 'variables'
  | 'document'
  | 'planning'
  | 'endpoints'
  | 'cost'
  | 'rate'
  | 'logins'
  | 'streams'
  | 'lag'
  | 'untrusted'
  | 'subgraph_calls';

const gatewayLimits = new Counter({
  name: 'souk_gateway_limits_hit_total',
  help: 'Requests and subgraph calls that exceeded a limit, by limit.',
  labelNames: ['limit'],
});

/** Counts what was refused by a limit. */
export function countLimit(limit: GatewayLimit): void {
  gatewayLimits.inc({ limit });
}

const planLookups = new DeferredCounter({
  name: 'souk_gateway_plan_lookups_total',
  help: 'Lookups of query plans: hit, or miss.',
  labelNames: ['result'],
});

/** Operations whose compiled plan was cached. */
export const planHits = planLookups.labels('hit');
/** Operations whose plan was created. */
export const planMisses = planLookups.labels('miss');

/** How long the planner's thread needs to check and to plan operations. */
export const planningSeconds = new Histogram({
  name: 'souk_gateway_planning_seconds',
  help: 'Planning time of one operation, by step: check, plan.',
  labelNames: ['step'],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
});

/** Operations that wait for the planner. */
export const planningWaiting = new Gauge({
  name: 'souk_gateway_planning_waiting',
  help: 'Operations that wait for validation or planning.',
});

/** Cached plans. */
export const cachedPlans = new Gauge({
  name: 'souk_gateway_plans',
  help: 'Cached compiled plans.',
});

/** Their approximate size. */
export const planBytes = new Gauge({
  name: 'souk_gateway_plan_bytes',
  help: 'Approximate size of the cached plans.',
});

/** Runs of queries that others may join. */
export const runningQueries = new Gauge({
  name: 'souk_gateway_queries_in_flight',
  help: 'Queries in progress that identical ones can join.',
});

/** Queries that joined one. */
export const deduplicatedQueries = new Counter({
  name: 'souk_gateway_queries_shared_total',
  help: 'Queries answered by an identical one in progress.',
});

/** Streams of Server-Sent Events, and WebSockets, that are open. */
export const streamsOpen = new Gauge({
  name: 'souk_gateway_open_streams',
  help: 'Open event streams and WebSockets.',
  labelNames: ['protocol'],
});

/** Subscriptions at subgraphs that are open, for one client or several. */
export const upstreamStreams = new Gauge({
  name: 'souk_gateway_upstream_streams',
  help: 'Open subscriptions at subgraphs.',
});

/** Client subscriptions that share a stream of a subgraph. */
export const streamSubscribers = new Gauge({
  name: 'souk_gateway_stream_riders',
  help: 'Open subscriptions of clients; identical ones share one at the subgraph.',
});

const replicas = new Map<{ state: string; consumer: string }, () => boolean>();

new Gauge({
  name: 'souk_state_up_to_date',
  help: "1 while a copy of another subgraph's state misses at most the changes of the last five seconds, else 0.",
  labelNames: ['state', 'consumer'],
  collect() {
    this.reset();
    for (const [labels, isUpToDate] of replicas) this.set({ ...labels }, isUpToDate() ? 1 : 0);
  },
});

/** Reports at every scrape whether a copy of a state is up to date. Returns a function that ends it. */
export function observeReplica(
  labels: { state: string; consumer: string },
  isUpToDate: () => boolean,
): () => void {
  const own = { ...labels };
  replicas.set(own, isUpToDate);
  return () => void replicas.delete(own);
}

const gauges = {
  outboxOldest: {
    name: 'souk_outbox_oldest_seconds',
    help: 'Age of the oldest unsent message in the outbox; 0 if there is none.',
  },
  outboxSetAside: {
    name: 'souk_outbox_set_aside',
    help: 'Messages in the outbox that were set aside because their queue refuses them.',
  },
  eventsOldest: {
    name: 'souk_events_oldest_seconds',
    help: 'Age of the oldest event that a subscriber has not confirmed; 0 if there is none.',
  },
  eventsSetAside: {
    name: 'souk_events_set_aside',
    help: 'Events that this subgraph could not handle and has set aside.',
  },
  auditPending: {
    name: 'souk_audit_pending',
    help: 'Audited actions that arrived and are not in the audit log yet.',
  },
  auditOldest: {
    name: 'souk_audit_oldest_seconds',
    help: 'Age of the oldest action that is not in the audit log yet; 0 if there is none.',
  },
  auditEntries: {
    name: 'souk_audit_entries',
    help: 'Entries of the audit log, by its head: the number never falls.',
  },
  sagasOpen: { name: 'souk_sagas_open', help: 'Sagas that have not ended.' },
  sagasWorking: {
    name: 'souk_sagas_working',
    help: 'Sagas that run or are being compensated, without those that wait for a buyer.',
  },
  sagasStuck: { name: 'souk_sagas_needing_attention', help: 'Sagas that an administrator must look after.' },
  refundsFailed: {
    name: 'souk_refunds_failed',
    help: 'Payments whose last refund failed and was not replaced.',
  },
} as const;

/** Names of the gauges that are read at a scrape. */
export const readGauges: readonly string[] = Object.values(gauges).map(({ name }) => name);

const readings = new Map<string, Map<string, () => Promise<number>>>();

/**
 * Reads a number at every scrape; a failed read is left out. Returns a function that ends it. `subgraph`: one process
 * may run several.
 */
export function readAtScrape(
  gauge: keyof typeof gauges,
  subgraph: string,
  read: () => Promise<number>,
): () => void {
  const { name, help } = gauges[gauge];
  let ofGauge = readings.get(name);
  if (!ofGauge) {
    const made = new Map<string, () => Promise<number>>();
    readings.set(name, made);
    ofGauge = made;
    new Gauge({
      name,
      help,
      labelNames: ['subgraph'],
      async collect() {
        for (const [label, one] of made) {
          try {
            this.set({ subgraph: label }, await one());
          } catch {
            this.remove({ subgraph: label });
          }
        }
      },
    });
  }
  const mine = ofGauge;
  mine.set(subgraph, read);
  return () => {
    if (mine.get(subgraph) === read) mine.delete(subgraph);
  };
}
