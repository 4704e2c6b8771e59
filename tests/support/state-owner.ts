import type { StateSources } from '@souk/shared/replication/state-replica';
import type { StateDefinition, StateItem, StatePage } from '@souk/shared/state';

interface StoredItem {
  item: unknown;
  changedAt: number;
}

/** The owner of replicated states, in place of the subgraph that owns them. */
export class StateOwner {
  readonly #items = new Map<string, Map<string, StoredItem>>();
  readonly #observers = new Map<string, Set<() => void>>();
  #version = 0;
  #history = 0;
  /** Error of every read, while set. */
  problem: Error | null = null;

  /** The sources for a subgraph's dependencies. */
  readonly sources: StateSources = ({ name }) => ({
    read: (since) => (this.problem ? Promise.reject(this.problem) : Promise.resolve(this.#read(name, since))),
    observe: (changed) => {
      const observers = this.#observers.get(name) ?? new Set();
      this.#observers.set(name, observers.add(changed));
      return () => void observers.delete(changed);
    },
  });

  /** Stores an item and notifies the replicas. */
  put<State extends StateDefinition>(state: State, key: string, item: StateItem<State>): void {
    this.#version += 1;
    this.#itemsOf(state.name).set(key, { item: state.item.parse(item), changedAt: this.#version });
    this.#notify(state.name);
  }

  /** Loses an item as a restored backup does: another history begins. */
  lose({ name }: StateDefinition, key: string): void {
    this.#itemsOf(name).delete(key);
    this.#history += 1;
    this.#notify(name);
  }

  #read(name: string, since: string | null): StatePage<never> {
    const [history = '', version = ''] = since?.split('/') ?? [];
    const isContinued = history === String(this.#history);
    const changed = [...this.#itemsOf(name).values()].filter(
      ({ changedAt }) => !isContinued || changedAt > Number(version),
    );
    return {
      items: changed.map(({ item }) => item as never),
      next: `${this.#history}/${this.#version}`,
      more: false,
      ...(isContinued ? {} : { covers: { after: null, until: null } }),
    };
  }

  #itemsOf(name: string): Map<string, StoredItem> {
    const items = this.#items.get(name) ?? new Map<string, StoredItem>();
    this.#items.set(name, items);
    return items;
  }

  #notify(name: string): void {
    for (const changed of this.#observers.get(name) ?? []) changed();
  }
}
