import type { CommandDefinition, PayloadOf } from '@souk/shared/command';
import { catalogCommands } from '@souk/shared/contracts/catalog';
import { newId } from '@souk/shared/ids';
import type { StepReply } from '@souk/shared/contracts/saga-envelope';
import type { CatalogUnderTest, Made } from './catalog.js';

/** A requested line. */
export interface Line {
  offer: Made;
  quantity?: number;
  seats?: Made[];
}

/** A checkout that sends commands to catalog over the real queue. */
export class TestCheckout {
  readonly sagaId = newId();
  readonly userId: string;
  readonly lines: PayloadOf<typeof catalogCommands.reserveItems>['lines'];
  readonly #catalog: CatalogUnderTest;

  constructor(catalog: CatalogUnderTest, lines: readonly Line[], userId: string = newId()) {
    this.#catalog = catalog;
    this.userId = userId;
    this.lines = lines.map(({ offer, quantity, seats = [] }) => ({
      lineId: newId(),
      offerId: offer.uuid,
      quantity: quantity ?? Math.max(1, seats.length),
      seatIds: seats.map((seat) => seat.uuid),
    }));
  }

  /** Reserves the lines until the given time. */
  reserve(
    more: { expectedTotal?: { amount: number; currency: string }; holdMs?: number } = {},
  ): Promise<StepReply> {
    return this.#send('RESERVE_ITEMS', 'do', catalogCommands.reserveItems, {
      userId: this.userId,
      lines: this.lines,
      expectedTotal: more.expectedTotal ?? null,
      holdUntil: new Date(Date.now() + (more.holdMs ?? 600_000)).toISOString(),
    });
  }

  release(): Promise<StepReply> {
    return this.#send('RESERVE_ITEMS', 'undo', catalogCommands.releaseItems, {});
  }

  confirm(): Promise<StepReply> {
    return this.#send('CONFIRM_ITEMS', 'do', catalogCommands.confirmItems, { userId: this.userId });
  }

  undoConfirm(): Promise<StepReply> {
    return this.#send('CONFIRM_ITEMS', 'undo', catalogCommands.returnItems, {});
  }

  /** Sends extendHold, which has no reply. */
  async extend(holdUntil: Date): Promise<void> {
    await this.#catalog.subgraph.send({
      queue: 'catalog',
      name: 'command',
      body: {
        sagaId: this.sagaId,
        transactionId: 'SAGA-TEST',
        position: 2,
        step: 'PROCESS_PAYMENT',
        direction: 'tell',
        command: catalogCommands.extendHold.name,
        payload: { holdUntil: holdUntil.toISOString() },
        replyTo: 'order',
      },
    });
  }

  #send<Command extends CommandDefinition>(
    step: string,
    direction: 'do' | 'undo',
    command: Command,
    payload: PayloadOf<Command>,
  ): Promise<StepReply> {
    return this.#catalog.subgraph.command(command, payload, { sagaId: this.sagaId, step, direction });
  }
}

/** Returns a rejection's code, or the kind of any other reply. */
export function replyCode(outcome: StepReply): string {
  return outcome.kind === 'rejected' ? outcome.rejection.code : outcome.kind;
}

/** Statuses of a checkout's lines, in the order of their ids. */
export async function statusesOf(catalog: CatalogUnderTest, sagaId: string): Promise<string[]> {
  const rows = await catalog.sql<{ status: string }>(
    'SELECT status FROM reservation WHERE saga_id = $1 ORDER BY line_id',
    [sagaId],
  );
  return rows.map((row) => row.status);
}
