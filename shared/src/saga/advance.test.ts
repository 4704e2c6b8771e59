import type { RejectionData } from '../errors.js';
import { advance, initialState } from './advance.js';
import type { SagaEvent } from './event.js';
import type { Advance, SagaShape } from './transition.js';
import type { StepReply } from '../contracts/saga-envelope.js';
import type { SagaState } from './state.js';
import { isAwaitingReply, isTerminal } from './state.js';

const now = new Date('2026-01-01T00:00:00.000Z');
const rejection: RejectionData = {
  code: 'PAYMENT_DECLINED',
  message: 'No.',
  field: null,
  typename: 'InputError',
  details: {},
};

const stopped: RejectionData = { ...rejection, code: 'CONFLICT', message: 'Stopped.' };

/** A list like the checkout's: nothing to undo, an undo, an undo and a wait, an undo. */
const shape: SagaShape = {
  steps: [
    { name: 'A', do: { command: { participant: 'a' } } },
    { name: 'B', do: { command: { participant: 'b' } }, undo: {} },
    { name: 'C', do: { command: { participant: 'c' } }, undo: {}, onWaiting: {}, pivot: true },
    { name: 'D', do: { command: { participant: 'd' } }, undo: {} },
  ],
};

/** A list like the cancellation's: one step that can be refused, then forward only. */
const forward: SagaShape = {
  steps: [
    { name: 'A', do: { command: { participant: 'a' } } },
    { name: 'B', do: { command: { participant: 'b' } }, nonCompensatable: true },
    { name: 'C', do: { command: { participant: 'c' } }, nonCompensatable: true },
  ],
};

const outcomes: StepReply[] = [
  { kind: 'done', output: { answer: 1 } },
  { kind: 'waiting', output: { answer: 2 }, expiresAt: '2026-01-01T00:30:00.000Z' },
  { kind: 'rejected', rejection },
  { kind: 'fault', error: 'connect ECONNREFUSED 10.0.0.7' },
  { kind: 'retrying', error: 'once more' },
];

const reply = (
  position: number,
  direction: 'do' | 'undo',
  outcome: StepReply | StepReply['kind'],
  attempts = 1,
): SagaEvent => {
  const whole = typeof outcome === 'string' ? outcomes.find(({ kind }) => kind === outcome) : outcome;
  if (!whole) throw new Error('There is no such outcome.');
  return { kind: 'reply', position, direction, attempts, outcome: whole };
};

/** Every event that may arrive: every reply of every step in both directions, and the others. */
const everythingOf = (list: SagaShape): SagaEvent[] => [
  { kind: 'start' },
  { kind: 'wake' },
  { kind: 'compensate', rejection },
  { kind: 'stop', rejection: stopped },
  { kind: 'retry' },
  { kind: 'resolveManually' },
  ...list.steps.flatMap((_step, position) =>
    (['do', 'undo'] as const).flatMap((direction) =>
      outcomes.map((outcome) => reply(position, direction, outcome)),
    ),
  ),
];

const step = (state: SagaState, event: SagaEvent, list = shape): Advance => {
  const next = advance(list, state, event, now);
  if (!next) throw new Error(`Nothing follows from ${JSON.stringify(event)}.`);
  return next;
};

const run = (...events: SagaEvent[]): Advance =>
  events.reduce((last, event) => step(last.state, event), step(initialState(shape), { kind: 'start' }));

/** Identifies a state; times and texts do not matter. */
const keyOf = (state: SagaState): string =>
  JSON.stringify([
    state.status,
    state.position,
    state.steps.map(({ status, startedAt }) => [status, startedAt !== null]),
    state.compensations.map(({ status, position }) => [status, position]),
    state.failure?.code,
    state.expiresAt !== null,
    state.stop !== undefined,
  ]);

/** Every state that can be reached, with each way out of it. */
function explore(list: SagaShape): {
  everything: SagaEvent[];
  states: Map<string, SagaState>;
  edges: { from: SagaState; event: SagaEvent; to: Advance }[];
} {
  const everything = everythingOf(list);
  const begun = step(initialState(list), { kind: 'start' }, list).state;
  const states = new Map([[keyOf(begun), begun]]);
  const edges: { from: SagaState; event: SagaEvent; to: Advance }[] = [];
  // A map grows while it is walked: every new state is visited in its turn.
  for (const from of states.values()) {
    for (const event of everything) {
      const before = structuredClone(from);
      const to = advance(list, from, event, now);
      expect(from).toEqual(before);
      if (!to) continue;
      edges.push({ from, event, to });
      if (!states.has(keyOf(to.state))) states.set(keyOf(to.state), to.state);
    }
  }
  return { everything, states, edges };
}

const isEnd = ({ status }: SagaState): boolean => status === 'COMPLETED' || status === 'FAILED';
const lists: [string, SagaShape][] = [
  ['one that is undone', shape],
  ['one that only goes forward from a step on', forward],
];

describe.each(lists)('every state that can be reached of %s', (_name, list) => {
  const { everything, states, edges } = explore(list);

  it('is visited: running, waiting, compensating, and all three ends', () => {
    expect(new Set([...states.values()].map(({ status }) => status))).toEqual(
      new Set([
        'RUNNING',
        'WAITING',
        ...(list === shape ? ['COMPENSATING'] : []),
        'COMPLETED',
        'FAILED',
        'NEEDS_ATTENTION',
      ]),
    );
    expect(states.size).toBeGreaterThan(list === shape ? 20 : 10);
  });

  it('requests at most one command, the one at its position', () => {
    for (const { to } of edges) {
      const commands = to.requests.filter(({ kind }) => kind === 'do' || kind === 'undo');
      expect(commands.length).toBeLessThanOrEqual(1);
      for (const { kind, position } of commands) {
        expect(position).toBe(to.state.position);
        expect(kind).toBe(to.state.failure !== null ? 'undo' : 'do');
      }
    }
  });

  it('always awaits a reply, until it ends, a compensation fails or a step that is not compensatable is rejected', () => {
    for (const state of states.values()) {
      const woken = advance(list, state, { kind: 'wake' }, now);
      if (isEnd(state)) expect(isAwaitingReply(state)).toBe(false);
      if (!isAwaitingReply(state)) expect(woken).toBeNull();
      else {
        expect(woken?.requests).toHaveLength(1);
        expect(keyOf(woken?.state ?? state)).toBe(keyOf(state));
      }
    }
  });

  it('ignores all events once it has ended', () => {
    for (const state of [...states.values()].filter(isEnd)) {
      for (const event of everything) expect(advance(list, state, event, now)).toBeNull();
    }
  });

  it('leaves NEEDS_ATTENTION only by a retry, a manual resolution, or a late reply that it is done', () => {
    const left = edges.filter(
      ({ from, to }) => from.status === 'NEEDS_ATTENTION' && to.state.status !== 'NEEDS_ATTENTION',
    );
    expect(new Set(left.map(({ event }) => event.kind))).toEqual(
      new Set(['retry', 'resolveManually', 'reply']),
    );
    for (const { from, event, to } of left) {
      if (event.kind === 'reply') {
        expect(event.outcome.kind).toBe('done');
        expect(event.direction).toBe(from.failure === null ? 'do' : 'undo');
        expect(event.position).toBe(from.position);
      }
      if (event.kind === 'retry') {
        const kind = from.failure === null ? 'do' : 'undo';
        expect(to.requests).toEqual([{ kind, position: from.position }]);
      }
    }
    const stuck = [...states.values()].filter(({ status }) => status === 'NEEDS_ATTENTION');
    for (const state of stuck) {
      for (const kind of ['retry', 'resolveManually'] as const)
        expect(advance(list, state, { kind }, now)).not.toBeNull();
    }
  });

  it('reports once each time that it needs attention', () => {
    for (const { from, to } of edges) {
      expect(to.needsAttention).toBe(
        from.status !== 'NEEDS_ATTENTION' && to.state.status === 'NEEDS_ATTENTION',
      );
    }
  });

  it('is never compensated once a step that is not compensatable has begun', () => {
    for (const state of states.values()) {
      const begun = list.steps.some(
        (each, position) => each.nonCompensatable && state.steps[position]?.startedAt,
      );
      if (begun) expect(state.failure).toBeNull();
    }
  });

  it('has one step at work at most, and none once it has ended', () => {
    for (const state of states.values()) {
      const atWork = [...state.steps, ...state.compensations].filter(
        ({ status }) => status === 'RUNNING' || status === 'WAITING',
      );
      expect(atWork).toHaveLength(isAwaitingReply(state) ? 1 : 0);
    }
  });

  it('has begun no step before those ahead of it were done', () => {
    for (const state of states.values()) {
      const begun = state.steps.map(({ startedAt }) => startedAt !== null);
      expect(begun.lastIndexOf(true) + 1).toBe(begun.filter(Boolean).length);
    }
  });

  it('compensates in reverse order only steps that were done, or may have been', () => {
    for (const state of states.values()) {
      const undone = state.compensations.map(({ position }) => position);
      expect(undone).toEqual([...new Set(undone)].sort((a, b) => b - a));
      for (const position of undone) {
        expect(list.steps[position]?.undo).toBeDefined();
        expect(state.steps[position]?.startedAt).not.toBeNull();
      }
    }
  });

  it('has compensated all completed steps when FAILED, and none when COMPLETED', () => {
    for (const state of states.values()) {
      if (state.status === 'FAILED') {
        expect(state.failure).not.toBeNull();
        state.steps.forEach(({ status }, position) => {
          if (list.steps[position]?.undo) expect(status).not.toBe('COMPLETED');
          expect(['PENDING', 'RUNNING', 'WAITING']).not.toContain(status);
        });
      }
      if (state.status === 'COMPLETED') {
        expect(state.compensations).toEqual([]);
        expect(state.steps.every(({ status }) => status === 'COMPLETED')).toBe(true);
      }
    }
  });

  it('ignores a repeated event, except a wake or a failed attempt', () => {
    for (const { event, to } of edges) {
      const repeated = advance(list, to.state, event, now);
      if (event.kind === 'wake') continue;
      if (event.kind === 'reply' && event.outcome.kind === 'retrying') expect(repeated?.requests).toEqual([]);
      else expect(repeated).toBeNull();
    }
  });

  it('reports each end once, with its last step, and a compensation with its first', () => {
    for (const { from, to } of edges) {
      expect(to.ended).toBe(
        isTerminal(to.state.status) && to.state.status !== 'NEEDS_ATTENTION'
          ? to.state.status.toLowerCase()
          : null,
      );
      expect(to.isCompensating).toBe(from.failure === null && to.state.failure !== null);
      expect(to.requests.some(({ kind }) => kind === 'afterFailure')).toBe(to.ended === 'failed');
    }
  });

  it('can still complete or be compensated, from every state', () => {
    const ends = new Set<string>();
    for (let grown = true; grown;) {
      grown = false;
      for (const { from, to } of edges) {
        const good = to.ended !== null || ends.has(keyOf(to.state));
        if (good && !ends.has(keyOf(from))) {
          ends.add(keyOf(from));
          grown = true;
        }
      }
    }
    const stuck = [...states.values()].filter((state) => !isEnd(state) && !ends.has(keyOf(state)));
    expect(stuck).toEqual([]);
  });
});

describe('a run', () => {
  it('runs its steps and reports each as completed', () => {
    const learned = [0, 1, 2, 3].map(
      (last) =>
        run(...Array.from({ length: last + 1 }, (_, position) => reply(position, 'do', 'done')))
          .completedStep,
    );
    expect(learned).toEqual([0, 1, 2, 3]);
  });

  it('waits, sends its command, and goes on with the reply', () => {
    const waiting = run(reply(0, 'do', 'done'), reply(1, 'do', 'done'), reply(2, 'do', 'waiting'));
    expect(waiting.requests).toEqual([{ kind: 'onWaiting', position: 2 }]);
    expect(waiting.state).toMatchObject({ status: 'WAITING', expiresAt: '2026-01-01T00:30:00.000Z' });
    const on = step(waiting.state, reply(2, 'do', 'done'));
    expect(on.state).toMatchObject({ status: 'RUNNING', position: 3, expiresAt: null });
  });

  it('compensates a step that waited, and none that was rejected', () => {
    const begun = [reply(0, 'do', 'done'), reply(1, 'do', 'done')];
    const expired = run(...begun, reply(2, 'do', 'waiting'), { kind: 'compensate', rejection });
    expect(expired.requests).toEqual([{ kind: 'undo', position: 2 }]);
    const refused = run(...begun, reply(2, 'do', 'rejected'));
    expect(refused.requests).toEqual([{ kind: 'undo', position: 1 }]);
  });

  describe('when it is stopped', () => {
    const stop: SagaEvent = { kind: 'stop', rejection: stopped };
    const begun = [reply(0, 'do', 'done'), reply(1, 'do', 'done')];

    it('compensates at once while it waits', () => {
      const { state, requests } = run(...begun, reply(2, 'do', 'waiting'), stop);
      expect(requests).toEqual([{ kind: 'undo', position: 2 }]);
      expect(state).toMatchObject({ status: 'COMPENSATING', failure: { message: 'Stopped.' } });
    });

    it.each([
      ['done', 1, 'COMPLETED'],
      ['rejected', null, 'FAILED'],
    ] as const)('turns back once the present step is %s', (outcome, undone, status) => {
      const noted = run(reply(0, 'do', 'done'), stop);
      expect(noted).toMatchObject({ requests: [], isCompensating: false, state: { status: 'RUNNING' } });
      const { state, requests, isCompensating } = step(noted.state, reply(1, 'do', outcome));
      expect(isCompensating).toBe(true);
      expect(state.steps.map((each) => each.status)).toEqual(['COMPLETED', status, 'SKIPPED', 'SKIPPED']);
      expect(requests).toEqual([{ kind: undone === null ? 'afterFailure' : 'undo', position: 1 }]);
    });

    it('cancels a step that begins to wait afterwards, and completes and compensates one that is done', () => {
      const noted = run(...begun, stop);
      const waited = step(noted.state, reply(2, 'do', 'waiting'));
      expect(waited.requests).toEqual([{ kind: 'undo', position: 2 }]);
      expect(waited.state).toMatchObject({ status: 'COMPENSATING', expiresAt: null });
      const done = step(noted.state, reply(2, 'do', 'done'));
      expect(done).toMatchObject({ completedStep: 2, isCompensating: true });
      expect(done.requests).toEqual([{ kind: 'undo', position: 2 }]);
    });

    it('goes on past its pivot, and is stopped once', () => {
      const past = run(...begun, reply(2, 'do', 'done')).state;
      expect(advance(shape, past, stop, now)).toBeNull();
      const noted = run(stop).state;
      expect(advance(shape, noted, stop, now)).toBeNull();
    });
  });

  it('compensates a step that was given up, and states the cause in the record only', () => {
    const given = run(reply(0, 'do', 'done'), reply(1, 'do', 'fault', 6));
    expect(given.requests).toEqual([{ kind: 'undo', position: 1 }]);
    expect(given.state.steps[1]).toMatchObject({ attempts: 6, error: 'connect ECONNREFUSED 10.0.0.7' });
    expect(given.state.failure?.code).toBe('SERVICE_UNAVAILABLE');
    expect(JSON.stringify(given.state.failure)).not.toContain('ECONNREFUSED');
  });

  it('stores the outputs of steps and compensations', () => {
    const { state } = run(
      reply(0, 'do', 'done'),
      reply(1, 'do', 'done'),
      reply(2, 'do', 'rejected'),
      reply(1, 'undo', { kind: 'done', output: { back: true } }),
    );
    expect(state).toMatchObject({
      status: 'FAILED',
      outputs: [{ answer: 1 }, { answer: 1 }, null, null],
      undoOutputs: [null, { back: true }, null, null],
    });
  });

  it('needs attention where a compensation is rejected or given up', () => {
    for (const outcome of ['rejected', 'fault'] as const) {
      const { state, ended } = run(
        reply(0, 'do', 'done'),
        reply(1, 'do', 'fault'),
        reply(1, 'undo', outcome),
      );
      expect(state.status).toBe('NEEDS_ATTENTION');
      expect(state.compensations).toMatchObject([{ name: 'B', status: 'FAILED' }]);
      expect(ended).toBeNull();
    }
  });

  it('retries a compensation, or goes on where it was done by hand', () => {
    const stuck = run(
      reply(0, 'do', 'done'),
      reply(1, 'do', 'done'),
      reply(2, 'do', 'done'),
      reply(3, 'do', 'rejected'),
      reply(2, 'undo', 'fault', 10),
    ).state;
    const again = step(stuck, { kind: 'retry' });
    expect(again.requests).toEqual([{ kind: 'undo', position: 2 }]);
    expect(again.state).toMatchObject({
      status: 'COMPENSATING',
      compensations: [{ name: 'C', status: 'RUNNING', attempts: 10, error: null }],
    });
    const byHand = step(stuck, { kind: 'resolveManually' });
    expect(byHand.requests).toEqual([{ kind: 'undo', position: 1 }]);
    expect(step(byHand.state, reply(1, 'undo', 'done')).state).toMatchObject({
      status: 'FAILED',
      failure: { code: 'PAYMENT_DECLINED' },
      compensations: [
        { name: 'C', status: 'COMPENSATED' },
        { name: 'B', status: 'COMPENSATED' },
      ],
    });
  });

  it('is not compensated by a step that is not compensatable: one given up is sent again, one rejected is not', () => {
    const begin = step(initialState(forward), { kind: 'start' }, forward).state;
    const pivot = step(begin, reply(0, 'do', 'done'), forward).state;
    const given = step(pivot, reply(1, 'do', 'fault'), forward).state;
    expect(given).toMatchObject({ status: 'NEEDS_ATTENTION', failure: null });
    expect(step(given, { kind: 'wake' }, forward).requests).toEqual([{ kind: 'do', position: 1 }]);
    expect(step(given, reply(1, 'do', 'done'), forward).state).toMatchObject({
      status: 'RUNNING',
      position: 2,
    });
    const refused = step(pivot, reply(1, 'do', 'rejected'), forward).state;
    expect(refused).toMatchObject({ status: 'NEEDS_ATTENTION', steps: [{}, { status: 'FAILED' }, {}] });
    expect(advance(forward, refused, { kind: 'wake' }, now)).toBeNull();
    expect(step(refused, { kind: 'retry' }, forward).requests).toEqual([{ kind: 'do', position: 1 }]);
    const byHand = step(refused, { kind: 'resolveManually' }, forward);
    expect(byHand).toMatchObject({ completedStep: 1, requests: [{ kind: 'do', position: 2 }] });
  });

  it('records the highest number of attempts that was reported', () => {
    const { state } = run(reply(0, 'do', 'retrying', 3), reply(0, 'do', 'retrying', 2));
    expect(state.steps[0]).toMatchObject({ attempts: 3, error: 'once more' });
  });

  it('does not start twice', () => {
    expect(advance(shape, run().state, { kind: 'start' }, now)).toBeNull();
  });
});
