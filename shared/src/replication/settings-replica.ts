import { accountStates } from '../contracts/account.js';
import type { Json } from '../errors.js';
import type { Log } from '../log.js';
import type { StateItem } from '../state.js';
import type { SettingKey, SettingValue, SystemSettings } from '../system-setting.js';
import { settingsFrom } from '../system-setting.js';
import type { StateSource } from './state-replica.js';
import { memoryStore, StateReplica } from './state-replica.js';

/** A stored system setting. */
export type StoredSetting = StateItem<typeof accountStates.systemSettings>;

/**
 * The system settings as account stores them, in this process's memory. Before they are known, and while account has
 * none, the fallbacks and defaults apply.
 */
export class SettingsReplica implements SystemSettings {
  readonly #stored = new Map<string, Json>();
  readonly #settings = settingsFrom(this.#stored);
  readonly #replica: StateReplica<StoredSetting>;
  readonly #started: Promise<void>;

  /** Starts at once. */
  constructor(consumer: string, source: StateSource<StoredSetting>, log: Log) {
    const store = memoryStore<StoredSetting>(({ items, covers }) => {
      // Few enough for one page: a listing of all replaces the copy.
      if (covers?.after === null) this.#stored.clear();
      for (const { key, value } of items) this.#stored.set(key, value);
    });
    const labels = { state: accountStates.systemSettings.name, consumer };
    this.#replica = new StateReplica(labels, source, store, log);
    this.#started = this.#replica.start();
  }

  get<Key extends SettingKey>(key: Key, fallback?: SettingValue<Key>): SettingValue<Key> {
    return this.#settings.get(key, fallback);
  }

  /** Resolves when the settings are known, or could not be read at the start. */
  started(): Promise<void> {
    return this.#started;
  }

  /** Calls `listener` after changes. @returns stops it */
  onChange(listener: () => void): () => void {
    return this.#replica.onChange(listener);
  }

  close(): Promise<void> {
    return this.#replica.close();
  }
}
