import { commandEnvelope } from '@souk/shared/contracts/saga-envelope';
import type { SubgraphDependencies } from '@souk/shared/graph/app';
import type { SubgraphName } from '@souk/shared/message';
import { MessageWorker } from '@souk/shared/queue/message-worker';

/** The other participants of a deletion, on the real queue, with answers of the test's choice. */
export class LeavingParticipants {
  /** The answers to `validateDeletion`; null for none. */
  readonly obstacles = new Map<SubgraphName, readonly string[] | null>();
  /** Whether they answer to `erasePerson`. */
  isErasing = true;
  /** The received commands, such as `order.erasePerson`, with repeats. */
  readonly heard: string[] = [];
  readonly #workers: MessageWorker[] = [];
  readonly #dependencies: SubgraphDependencies;

  constructor(dependencies: SubgraphDependencies) {
    this.#dependencies = dependencies;
  }

  async start(): Promise<void> {
    const { queues, sender, log } = this.#dependencies;
    for (const name of ['order', 'payment', 'catalog', 'social'] as const) {
      const command = async (body: unknown): Promise<void> => {
        const envelope = commandEnvelope.parse(body);
        this.heard.push(`${name}.${envelope.command}`);
        const isValidation = envelope.command === 'validateDeletion';
        const obstacles = this.obstacles.get(name);
        if (isValidation ? obstacles === null : !this.isErasing) return;
        const { sagaId, transactionId, position, direction, replyTo } = envelope;
        const outcome = {
          kind: 'done' as const,
          output: isValidation ? { obstacles: [...(obstacles ?? [])] } : {},
        };
        const reply = { sagaId, transactionId, position, direction, attempts: 1, outcome };
        await sender.send([{ queue: replyTo, name: 'reply', body: reply }]);
      };
      const worker = new MessageWorker(queues, name, { command }, { concurrency: 2, log });
      await worker.ready();
      this.#workers.push(worker);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }
}
