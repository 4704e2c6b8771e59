import type { StateDefinition } from '../state.js';
import { stateTopic } from '../state.js';
import type { ChangeNotifications } from './change-notifications.js';

/** Lets a replica observe its owner's change notifications about a state. */
export function observeState(
  changes: ChangeNotifications,
  state: StateDefinition,
): (changed: () => void) => () => void {
  return (changed) => changes.subscribe([stateTopic(state)], changed);
}
