import type { SagaEvent } from './event.js';
import type { SagaState } from './state.js';
import { copyOf, isAwaitingReply, pending } from './state.js';
import type { Advance, SagaShape } from './transition.js';
import { Transition } from './transition.js';

/** A saga that has not begun. */
export function initialState(shape: SagaShape): SagaState {
  return {
    status: 'RUNNING',
    position: 0,
    steps: shape.steps.map((step) => pending(step.name, step.do.command.participant)),
    compensations: [],
    outputs: shape.steps.map(() => null),
    undoOutputs: shape.steps.map(() => null),
    failure: null,
    expiresAt: null,
  };
}

/**
 * The next state of a saga, or null where the event says nothing new: a repeat, a latecomer, one out of order.
 * Pure: the same arguments give the same answer, and `state` is not touched.
 */
export function advance(shape: SagaShape, state: SagaState, event: SagaEvent, now: Date): Advance | null {
  if (state.status === 'COMPLETED' || state.status === 'FAILED') return null;
  const run = new Transition(shape, copyOf(state), now);
  switch (event.kind) {
    case 'start':
      return state.steps[0]?.status === 'PENDING' ? run.begin(0) : null;
    case 'compensate':
      return state.status === 'WAITING' && !shape.steps[state.position]?.nonCompensatable
        ? run.compensate(event.rejection, true)
        : null;
    case 'stop':
      return run.stop(event.rejection);
    case 'retry':
      return state.status === 'NEEDS_ATTENTION' ? run.retry() : null;
    case 'resolveManually':
      return state.status === 'NEEDS_ATTENTION' ? run.resolveManually() : null;
    case 'wake':
      return isAwaitingReply(state) ? run.resend() : null;
    case 'reply':
      return run.applyReply(event);
  }
}
