import type { Json, RejectionData } from '../errors.js';
import type { SagaEvent } from './event.js';
import type { SagaState, SagaStatus, StepState } from './state.js';
import { finish, pending, start } from './state.js';

/** As much of a definition as the next state depends on. */
export interface SagaShape {
  steps: readonly {
    name: string;
    do: { command: { participant: string } };
    undo?: object;
    onWaiting?: object;
    nonCompensatable?: boolean;
    pivot?: boolean;
  }[];
}

/** A command to send now. */
export interface Request {
  kind: 'do' | 'undo' | 'onWaiting' | 'afterFailure';
  position: number;
}

/** The result of applying an event. */
export interface Advance {
  state: SagaState;
  requests: Request[];
  /** The position of the step that this event completed. */
  completedStep: number | null;
  isCompensating: boolean;
  /** An administrator must look after the saga. */
  needsAttention: boolean;
  ended: 'completed' | 'failed' | null;
}

/** The failure of a saga that gave up a step. Clients read it; the step's record has the fault itself. */
const gaveUp: RejectionData = {
  code: 'SERVICE_UNAVAILABLE',
  message: 'A required service could not be reached. Try again later.',
  field: null,
  typename: 'InputError',
  details: {},
};

/** One transition of a saga. Changes the state that it is created with. */
export class Transition {
  readonly #shape: SagaShape;
  readonly #state: SagaState;
  readonly #now: string;
  readonly #result: Advance;

  constructor(shape: SagaShape, state: SagaState, now: Date) {
    this.#shape = shape;
    this.#state = state;
    this.#now = now.toISOString();
    this.#result = {
      state,
      requests: [],
      completedStep: null,
      isCompensating: false,
      needsAttention: false,
      ended: null,
    };
  }

  begin(position: number): Advance {
    this.#state.status = 'RUNNING';
    this.#state.position = position;
    start(this.#step(position), this.#now);
    return this.#request('do', position);
  }

  resend(): Advance | null {
    // A waiting step is sent again too: its reply may have been lost, and a repeat returns the stored outcome.
    return this.#request(this.#undoing ? 'undo' : 'do', this.#state.position);
  }

  retry(): Advance | null {
    const stuck = this.#stuck();
    stuck.status = 'RUNNING';
    stuck.completedAt = null;
    stuck.error = null;
    this.#state.status = this.#undoing ? 'COMPENSATING' : 'RUNNING';
    return this.resend();
  }

  resolveManually(): Advance {
    return this.#undoing
      ? this.#compensated(this.#stuck(), this.#state.position)
      : this.#complete(this.#state.position, {});
  }

  applyReply(reply: Extract<SagaEvent, { kind: 'reply' }>): Advance | null {
    const undoing = this.#undoing;
    if (reply.position !== this.#state.position || (reply.direction === 'undo') !== undoing) return null;
    // A command may be sent more than once: an earlier attempt may succeed after a later one was given up.
    if (this.#state.status === 'NEEDS_ATTENTION' && reply.outcome.kind !== 'done') return null;
    return undoing ? this.#applyUndo(reply) : this.#applyDo(reply);
  }

  compensate(failure: RejectionData, undoCurrent: boolean, error = textOf(failure)): Advance {
    const { position } = this.#state;
    finish(this.#step(position), 'FAILED', this.#now, error);
    const current = undoCurrent && this.#shape.steps[position]?.undo ? position : null;
    return this.#beginCompensation(failure, current ?? this.#lastToUndo(position));
  }

  stop(rejection: RejectionData): Advance | null {
    const { status, position, stop } = this.#state;
    const isPastPivot =
      this.#shape.steps[position]?.nonCompensatable === true ||
      this.#shape.steps.slice(0, position).some(({ pivot }) => pivot);
    if (isPastPivot) return null;
    if (status === 'WAITING') return this.compensate(rejection, true);
    if (status !== 'RUNNING' || stop) return null;
    this.#state.stop = rejection;
    return this.#result;
  }

  /** Begins to compensate, from the step at `position` on; null if there is nothing to compensate. */
  #beginCompensation(failure: RejectionData, position: number | null): Advance {
    for (const later of this.#state.steps.slice(this.#state.position + 1)) later.status = 'SKIPPED';
    this.#state.failure = failure;
    this.#state.expiresAt = null;
    this.#result.isCompensating = true;
    return this.#undoNext(position);
  }

  #applyDo({ position, attempts, outcome }: Extract<SagaEvent, { kind: 'reply' }>): Advance | null {
    const step = this.#step(position);
    step.attempts = Math.max(step.attempts, attempts);
    switch (outcome.kind) {
      case 'retrying':
        if (step.status !== 'RUNNING') return null;
        step.error = outcome.error;
        return this.#result;
      case 'waiting':
        if (step.status !== 'RUNNING') return null;
        step.status = 'WAITING';
        step.error = null;
        this.#state.outputs[position] = outcome.output;
        if (this.#state.stop) return this.compensate(this.#state.stop, true);
        this.#state.status = 'WAITING';
        this.#state.expiresAt = outcome.expiresAt;
        return this.#shape.steps[position]?.onWaiting ? this.#request('onWaiting', position) : this.#result;
      case 'done':
        return this.#complete(position, outcome.output);
      case 'rejected':
        if (this.#shape.steps[position]?.nonCompensatable) {
          finish(step, 'FAILED', this.#now, textOf(outcome.rejection));
          return this.#needsAttention();
        }
        return this.compensate(outcome.rejection, false);
      case 'fault':
        if (this.#shape.steps[position]?.nonCompensatable) {
          // The sweep sends it again until it is done.
          step.status = 'RUNNING';
          step.error = outcome.error;
          return this.#needsAttention();
        }
        // Whether it happened is not known: undone like what is.
        return this.compensate(gaveUp, true, outcome.error);
    }
  }

  #complete(position: number, output: Json): Advance {
    finish(this.#step(position), 'COMPLETED', this.#now, null);
    this.#state.outputs[position] = output;
    this.#state.expiresAt = null;
    this.#result.completedStep = position;
    if (this.#state.stop) return this.#beginCompensation(this.#state.stop, this.#lastToUndo(position + 1));
    if (position + 1 < this.#state.steps.length) return this.begin(position + 1);
    return this.#end('COMPLETED');
  }

  #applyUndo({ position, attempts, outcome }: Extract<SagaEvent, { kind: 'reply' }>): Advance | null {
    const compensation = this.#state.compensations.at(-1);
    if (!compensation) return null;
    compensation.attempts = Math.max(compensation.attempts, attempts);
    switch (outcome.kind) {
      case 'waiting':
        return null;
      case 'retrying':
        compensation.error = outcome.error;
        return this.#result;
      case 'done':
        this.#state.undoOutputs[position] = outcome.output;
        return this.#compensated(compensation, position);
      case 'rejected':
        finish(compensation, 'FAILED', this.#now, textOf(outcome.rejection));
        return this.#needsAttention();
      case 'fault':
        finish(compensation, 'FAILED', this.#now, outcome.error);
        return this.#needsAttention();
    }
  }

  #needsAttention(): Advance {
    this.#state.status = 'NEEDS_ATTENTION';
    this.#result.needsAttention = true;
    return this.#result;
  }

  #compensated(compensation: StepState, position: number): Advance {
    finish(compensation, 'COMPENSATED', this.#now, null);
    this.#step(position).status = 'COMPENSATED';
    return this.#undoNext(this.#lastToUndo(position));
  }

  #undoNext(position: number | null): Advance {
    if (position === null) return this.#end('FAILED');
    const { name, participant } = this.#step(position);
    const compensation = { ...pending(name, participant), position };
    start(compensation, this.#now);
    this.#state.compensations.push(compensation);
    this.#state.status = 'COMPENSATING';
    this.#state.position = position;
    return this.#request('undo', position);
  }

  #lastToUndo(below: number): number | null {
    for (let position = below - 1; position >= 0; position -= 1) {
      if (this.#shape.steps[position]?.undo && this.#step(position).status === 'COMPLETED') return position;
    }
    return null;
  }

  #end(status: Extract<SagaStatus, 'COMPLETED' | 'FAILED'>): Advance {
    this.#state.status = status;
    this.#result.ended = status === 'COMPLETED' ? 'completed' : 'failed';
    return status === 'FAILED' ? this.#request('afterFailure', this.#state.position) : this.#result;
  }

  #request(kind: Request['kind'], position: number): Advance {
    this.#result.requests.push({ kind, position });
    return this.#result;
  }

  get #undoing(): boolean {
    return this.#state.failure !== null;
  }

  /** The step, or compensation, that failed. */
  #stuck(): StepState {
    const compensation = this.#undoing ? this.#state.compensations.at(-1) : undefined;
    return compensation ?? this.#step(this.#state.position);
  }

  #step(position: number): StepState {
    const step = this.#state.steps[position];
    if (!step) throw new Error(`The saga has no step ${position}.`);
    return step;
  }
}

function textOf({ code, message }: RejectionData): string {
  return `${code}: ${message}`;
}
