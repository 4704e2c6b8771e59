import type { Clock } from '@souk/shared/clock';
import { accountStates } from '@souk/shared/contracts/account';
import type { ServedState } from '@souk/shared/graph/state-router';
import type { ReadState, StateItem } from '@souk/shared/state';
import type { EntityManager } from 'typeorm';
import { readPeople } from './domain/identity/people.js';
import { readPartners } from './domain/partner/partners.js';
import { listEndedSessions } from './domain/session/ended-sessions.js';
import { readSystemSettings } from './domain/setting/system-setting.js';

/** How account's states are read, by the names in the contract; a missing one does not compile. */
export type AccountStates = {
  readonly [Key in keyof typeof accountStates]: ReadState<StateItem<(typeof accountStates)[Key]>>;
};

/** Reads account's states from its database. */
export function readStates(reader: EntityManager, clock: Clock): AccountStates {
  return {
    endedSessions: (since) => listEndedSessions(reader, since, clock.now()),
    systemSettings: (since) => readSystemSettings(reader, since),
    partners: (since) => readPartners(reader, since),
    people: (since) => readPeople(reader, since),
  };
}

/** The states with their definitions, for the endpoints at which other processes read them. */
export function servedStates(states: AccountStates): ServedState[] {
  return (Object.keys(accountStates) as (keyof AccountStates)[]).map((key) => ({
    state: accountStates[key],
    read: states[key],
  }));
}
