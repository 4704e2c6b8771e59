import { accountStates } from '../contracts/account.js';
import type { Json } from '../errors.js';
import type { Log } from '../log.js';
import type { StateItem } from '../state.js';
import type { SettingKey, SettingValue, SystemSettings } from '../system-setting.js';
import { settingsFrom } from '../system-setting.js';
import { remoteState } from './remote-state.js';
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
  constructor(source: StateSource<StoredSetting>, log: Log) {
    const store = memoryStore<StoredSetting>((items) => {
      for (const { key, value } of items) this.#stored.set(key, value);
    });
    this.#replica = new StateReplica('system settings', source, store, log);
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

/** System settings from account in another process. `account` is any URL of it; `headers` authenticate the requests. */
export function remoteSettings(
  account: string,
  headers: Readonly<Record<string, string>>,
  observe: StateSource<StoredSetting>['observe'],
  log: Log,
): SettingsReplica {
  return new SettingsReplica(
    { read: remoteState(accountStates.systemSettings, account, headers), observe },
    log,
  );
}
