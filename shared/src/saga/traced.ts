import type { CommandDefinition } from '../command.js';
import type { OpenSpan } from '../tracing.js';
import { isTracing, noSpan, openChild, within } from '../tracing.js';
import type { Advance } from './transition.js';
import type { ReceivedCommand } from './received-command.js';
import type { SagaRecord } from './record.js';

// A saga's spans are children of the span that started it: its row and its commands carry the traceparent. A saga that
// began without a span has none.

/** The span of one command at the participant, with the size of its batch. */
function spanOf(
  { participant }: CommandDefinition,
  { envelope, attempt }: ReceivedCommand,
  batch: number,
): OpenSpan {
  if (!isTracing()) return noSpan;
  const { traceparent, sagaId, transactionId, step, direction, command } = envelope;
  return openChild(`${step} ${direction}`, {
    parent: traceparent,
    kind: 'CONSUMER',
    attributes: {
      'souk.saga.id': sagaId,
      'souk.saga.transaction': transactionId,
      'souk.saga.participant': participant,
      'souk.saga.command': command,
      'souk.saga.attempt': attempt.number,
      'messaging.batch.message_count': batch,
    },
  });
}

/** Runs one command in a span of its saga's trace. */
export function tracedAlone(
  command: CommandDefinition,
  arrived: ReceivedCommand,
  work: () => Promise<void>,
): Promise<void> {
  return within(spanOf(command, arrived, 1), work);
}

/** Runs many commands together, each in a span of its saga's trace. */
export async function tracedTogether(
  command: CommandDefinition,
  arrived: readonly ReceivedCommand[],
  work: () => Promise<(Error | null)[]>,
): Promise<(Error | null)[]> {
  if (!isTracing()) return work();
  const spans = arrived.map((one) => spanOf(command, one, arrived.length));
  const faults = await work();
  spans.forEach((span, index) => {
    const fault = faults[index];
    if (fault) span.fail(fault);
    span.end();
  });
  return faults;
}

/** Records an advance, and at the end the whole saga. `begun`: milliseconds since 1970. */
export function traceAdvance(record: SagaRecord, next: Advance, begun: number): void {
  if (!isTracing()) return;
  const { id, transactionId, definition } = record;
  const { traceparent: parent } = record.cause;
  const { status, position, steps, failure } = next.state;
  const attributes = {
    'souk.saga.id': id,
    'souk.saga.transaction': transactionId,
    'souk.saga.status': status,
    ...(failure && { 'souk.saga.failure': failure.code }),
  };
  const step = steps[position]?.name ?? '';
  const advance = { ...attributes, 'souk.saga.step': step };
  openChild(`advance ${definition}`, { parent, attributes: advance, startedAt: begun }).end();
  if (next.ended === null) return;
  const startedAt = Date.parse(steps[0]?.startedAt ?? '');
  const whole = openChild(`saga ${definition}`, { parent, attributes, ...(startedAt > 0 && { startedAt }) });
  if (next.ended === 'failed') whole.fail(failure?.code ?? next.ended);
  whole.end();
}
