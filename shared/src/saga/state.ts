import type { Json, RejectionData } from '../errors.js';

/**
 * The status of a saga. FAILED: everything is compensated. NEEDS_ATTENTION: a compensation, or a step that is not
 * compensatable, was rejected or given up.
 */
export type SagaStatus = 'RUNNING' | 'WAITING' | 'COMPENSATING' | 'COMPLETED' | 'FAILED' | 'NEEDS_ATTENTION';

/** The status of a step, or of its compensation. */
export type StepStatus =
  'PENDING' | 'RUNNING' | 'WAITING' | 'COMPLETED' | 'FAILED' | 'COMPENSATED' | 'SKIPPED';

/** A step's record. Times are ISO 8601 in UTC. */
export interface StepState {
  name: string;
  participant: string;
  status: StepStatus;
  attempts: number;
  startedAt: string | null;
  completedAt: string | null;
  error: string | null;
}

/** A saga's whole state, stored as one JSON value; `advance` derives the next one. */
export interface SagaState {
  status: SagaStatus;
  /** The present step: in progress, or being compensated while COMPENSATING. */
  position: number;
  /** As long and in the order of the definition's list. */
  steps: StepState[];
  /** Compensations, done and in progress, in their order; `position` is that of the step. */
  compensations: (StepState & { position: number })[];
  /** Outputs of the steps, by position; null before. */
  outputs: (Json | null)[];
  /** Outputs of the compensations, by position; null before. */
  undoOutputs: (Json | null)[];
  failure: RejectionData | null;
  /** While WAITING: when the wait ends. */
  expiresAt: string | null;
  /** Why the saga is compensated after the reply to its present step. Absent: it goes on. */
  stop?: RejectionData;
}

/** Whether a command is awaiting its reply; if not, the saga does not advance by itself. */
export function isAwaitingReply({ status, steps, position }: SagaState): boolean {
  // A step that is not compensatable is sent again after it was given up, while it needs attention.
  return !isTerminal(status) || (status === 'NEEDS_ATTENTION' && steps[position]?.status === 'RUNNING');
}

/** Whether it has ended, or needs attention. */
export function isTerminal(status: SagaStatus): boolean {
  return status === 'COMPLETED' || status === 'FAILED' || status === 'NEEDS_ATTENTION';
}

/** The record of a step, or compensation, that has not started. */
export function pending(name: string, participant: string): StepState {
  return {
    name,
    participant,
    status: 'PENDING',
    attempts: 0,
    startedAt: null,
    completedAt: null,
    error: null,
  };
}

/** Records the start; `now` is ISO 8601. */
export function start(step: StepState, now: string): void {
  step.status = 'RUNNING';
  step.attempts = 1;
  step.startedAt = now;
}

/** Records the end, and the error if there was one. */
export function finish(
  step: StepState,
  status: StepState['status'],
  now: string,
  error: string | null,
): void {
  step.status = status;
  step.completedAt = now;
  step.error = error;
}

/** A copy that can be changed; outputs are shared, since they never change. */
export function copyOf(state: SagaState): SagaState {
  return {
    ...state,
    steps: state.steps.map((step) => ({ ...step })),
    compensations: state.compensations.map((compensation) => ({ ...compensation })),
    outputs: [...state.outputs],
    undoOutputs: [...state.undoOutputs],
  };
}
