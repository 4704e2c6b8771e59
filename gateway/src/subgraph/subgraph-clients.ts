import type { SubgraphExecutor, SubgraphSubscriber } from '@souk/shared/graph/server';
import type { Log } from '@souk/shared/log';
import type { SubgraphClient } from './subgraph-client.js';
import { localSubgraphClient, httpSubgraphClient } from './subgraph-client.js';
import type { ResilienceOptions } from './resilient-client.js';
import { resilientClient } from './resilient-client.js';
import type { Supergraph } from '../supergraph/supergraph.js';

/** Dependencies and settings of the clients. */
export interface SubgraphClientsOptions {
  /** The subgraphs by name, where they are functions of this process; null: over HTTP. */
  functions: Readonly<Record<string, SubgraphExecutor>> | null;
  /** Those of them that have subscriptions. */
  subscribers: Readonly<Record<string, SubgraphSubscriber>>;
  /** Addresses of subgraphs by name, instead of those in the supergraph. */
  urls: Readonly<Record<string, string>>;
  resilience: ResilienceOptions;
  /** How long the client of a removed subgraph stays open for running calls. */
  graceMs: number;
  log: Log;
}

/** The clients of all subgraphs of the current supergraph. */
export class SubgraphClients {
  readonly #options: SubgraphClientsOptions;
  #links = new Map<string, { link: SubgraphClient; url: string }>();
  readonly #leaving = new Map<SubgraphClient, NodeJS.Timeout>();

  /** @throws where a subgraph of this process is missing. */
  constructor(options: SubgraphClientsOptions, supergraph: Supergraph) {
    this.#options = options;
    this.update(supergraph);
  }

  get(name: string): SubgraphClient | undefined {
    return this.#links.get(name)?.link;
  }

  all(): SubgraphClient[] {
    return [...this.#links.values()].map(({ link }) => link);
  }

  /** Opens new clients, keeps unchanged ones, and closes the rest after the grace period. */
  update({ subgraphs }: Supergraph): void {
    const { urls, graceMs } = this.#options;
    const next = new Map(
      subgraphs.map(({ name, url: composed }) => {
        const url = urls[name] ?? composed;
        const current = this.#links.get(name);
        return [name, current?.url === url ? current : { url, link: this.#open(name, url) }];
      }),
    );
    for (const [name, { link }] of this.#links) {
      if (next.get(name)?.link === link) continue;
      const timer = setTimeout(() => {
        this.#leaving.delete(link);
        void link.close();
      }, graceMs).unref();
      this.#leaving.set(link, timer);
    }
    this.#links = next;
  }

  async close(): Promise<void> {
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    await Promise.all([...this.all(), ...this.#leaving.keys()].map((link) => link.close()));
  }

  #open(name: string, url: string): SubgraphClient {
    const { functions, subscribers, resilience, log } = this.#options;
    if (!functions) return resilientClient(httpSubgraphClient(name, url), resilience, log);
    const execute = functions[name];
    if (!execute) throw new Error(`There is no function for the subgraph ${name}.`);
    return resilientClient(localSubgraphClient(name, execute, subscribers[name] ?? null), resilience, log);
  }
}
