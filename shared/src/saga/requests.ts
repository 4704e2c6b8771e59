import type { CommandDefinition, OutputOf } from '../command.js';
import type { Outbox } from '../db/outbox.js';
import type { Json } from '../errors.js';
import type { Message, SubgraphName } from '../message.js';
import type { Request } from './transition.js';
import type { BoundCommand, SagaDefinition, SagaView } from './definition.js';
import type { CommandEnvelope } from '../contracts/saga-envelope.js';
import type { SagaRecord } from './record.js';

// For compensations, and for steps that are not compensatable.
const patientAttempts = 10;

/** The view of a saga for the functions of its definition. */
export function viewOf<Input>(definition: SagaDefinition<Input>, record: SagaRecord): SagaView<Input> {
  return {
    sagaId: record.id,
    transactionId: record.transactionId,
    cause: record.cause,
    input: definition.parseInput(record.input),
    state: record.state,
    output: <Command extends CommandDefinition>(command: Command): OutputOf<Command> => {
      const position = definition.steps.findIndex((step) => step.do.command === command);
      const output = record.state.outputs[position];
      if (output === undefined || output === null) throw new Error(`${command.name} has not answered yet.`);
      return command.output.parse(output) as OutputOf<Command>;
    },
  };
}

/** Adds the commands that a saga sends now. */
export function addRequests<Input>(
  outbox: Outbox,
  definition: SagaDefinition<Input>,
  view: SagaView<Input>,
  requests: readonly Request[],
  replyTo: SubgraphName,
): void {
  for (const request of requests) {
    const message = messageOf(definition, view, request, replyTo);
    if (!message) continue;
    // A command without a reply is not repeated, so it must be stored.
    if (isAnswered(request)) outbox.addWakeUp(message);
    else outbox.add(message);
  }
}

function isAnswered(request: Request): request is Request & { kind: 'do' | 'undo' } {
  return request.kind === 'do' || request.kind === 'undo';
}

function messageOf<Input>(
  definition: SagaDefinition<Input>,
  view: SagaView<Input>,
  request: Request,
  replyTo: SubgraphName,
): Message | null {
  const { kind, position } = request;
  const step = definition.steps[position];
  const bound: BoundCommand<Input> | undefined =
    kind === 'afterFailure' ? definition.afterFailure : step?.[kind];
  if (!step || !bound) return null;
  const { actorId, requestId, traceparent } = view.cause;
  const forward = kind === 'do' && step.nonCompensatable === true;
  const body: CommandEnvelope = {
    sagaId: view.sagaId,
    transactionId: view.transactionId,
    position,
    step: step.name,
    direction: isAnswered(request) ? request.kind : 'tell',
    ...(forward && { forward }),
    cause: { actorId, requestId },
    ...(traceparent !== null && { traceparent }),
    command: bound.command.name,
    payload: bound.command.payload.parse(bound.payload(view)) as Json,
    replyTo,
  };
  const attempts = kind === 'undo' || forward ? patientAttempts : kind === 'do' ? step.attempts : undefined;
  const lane = definition.partitionKey?.(view.input);
  return {
    queue: bound.command.participant,
    name: 'command',
    body,
    ...(attempts !== undefined && { attempts }),
    ...(lane !== undefined && { lane }),
  };
}
