import type { EntityManager } from 'typeorm';
import type { Database } from '@souk/shared/db/database';
import { Outbox } from '@souk/shared/db/outbox';
import type { Json, RejectionData } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import { createLog } from '@souk/shared/log';
import type { CommandEnvelope, StepReply } from '@souk/shared/contracts/saga-envelope';
import { commandEnvelope } from '@souk/shared/contracts/saga-envelope';
import { Orchestrator } from '@souk/shared/saga/orchestrator';
import type { SagaRecord, SagaStore } from '@souk/shared/saga/record';
import { deliverMessage } from '../../../../tests/support/message-delivery.js';
import { checkoutSaga } from '../../src/saga/checkout.js';
import { paymentStatusOf } from '../../src/saga/checkout-effects.js';
import type { CheckoutInput } from '../../src/saga/checkout-input.js';

// Runs a checkout step by step: send a reply, expect a command. Definition and orchestrator are real; there
// is no broker and no database.

const started = new Date('2026-03-01T12:00:00.000Z');
export const [userId, lineId, offerId, listingId, orderId] = [newId(), newId(), newId(), newId(), newId()];

const input: CheckoutInput = {
  orderId,
  orderNumber: 'S-TEST0001',
  userId,
  cartId: null,
  lines: [{ lineId, offerId, quantity: 2, seatIds: [] }],
  expectedTotal: { amount: 2_000, currency: 'EUR' },
  shippingAddressId: null,
  payment: { method: 'CREDIT_CARD', paymentMethodToken: 'pm_card_visa', returnUrl: null },
  holdUntil: '2026-03-01T12:10:00.000Z',
  paymentTimeoutMinutes: 30,
};

export const total = { amount: 2_000, currency: 'EUR' };
const quotedLine = {
  lineId,
  offerId,
  listingId,
  partnerId: null,
  title: 'A tour',
  upc: null,
  quantity: 2,
  unitPrice: { amount: 1_000, currency: 'EUR' },
  seatIds: [],
  fulfilment: 'TOUR_TOKEN',
  validFrom: null,
  validUntil: null,
};

/** Successful replies of the steps, in order. */
export const answers: { command: string; output: Json }[] = [
  { command: 'account.validateUser', output: { shippingAddress: null, locale: 'en' } },
  { command: 'catalog.reserveItems', output: { lines: [quotedLine], total } },
  { command: 'payment.processPayment', output: { paymentId: newId() } },
  { command: 'catalog.confirmItems', output: {} },
  { command: 'order.generateTokens', output: { tokens: 2 } },
  { command: 'account.addPurchase', output: {} },
  { command: 'social.recordPurchase', output: {} },
];

/** Compensation of each step, by its position. */
const undos = [
  null,
  'catalog.releaseItems',
  'payment.revertPayment',
  'catalog.returnItems',
  'order.revokeTokens',
  'account.subtractPurchase',
  'social.erasePurchase',
];

export const rejection: RejectionData = {
  code: 'CONFLICT',
  message: 'It cannot be done.',
  field: null,
  typename: 'InputError',
  details: {},
};

/** One checkout and its commands. */
export class Script {
  readonly #sent: CommandEnvelope[] = [];
  readonly #clock = { time: started, now: (): Date => this.#clock.time };
  readonly #orchestrator: Orchestrator;
  record: SagaRecord | null = null;

  constructor() {
    const manager = { query: () => Promise.resolve([[], 1]) } as unknown as EntityManager;
    const transact = async <T>(work: (manager: EntityManager, outbox: Outbox) => Promise<T>): Promise<T> => {
      const outbox = new Outbox();
      const result = await work(manager, outbox);
      for (const message of [...outbox.messages, ...outbox.wakeUps]) {
        const envelope = commandEnvelope.parse(message.body);
        expect(message.queue).toBe(checkoutSaga.steps[envelope.position] && this.#queueOf(envelope));
        this.#sent.push(envelope);
      }
      return result;
    };
    const store: SagaStore = {
      insert: (_manager, [record]) => Promise.resolve(void (this.record = record ?? null)),
      lock: () => Promise.resolve(this.record ? [structuredClone(this.record)] : []),
      save: (_manager, [record]) => {
        if (!record || record.version !== this.record?.version) return Promise.resolve(0);
        this.record = { ...record, version: record.version + 1 };
        return Promise.resolve(1);
      },
      due: (_manager, _definitions, { now }) =>
        Promise.resolve(this.record?.wakeAt && this.record.wakeAt <= now ? [this.record.id] : []),
      postpone: () => Promise.reject(new Error('A saga stands still.')),
      countOthers: () => Promise.resolve([]),
    };
    const database = { transact, reader: manager } as unknown as Database;
    this.#orchestrator = new Orchestrator({
      database,
      store,
      owner: 'order',
      definitions: [checkoutSaga],
      clock: this.#clock,
      log: createLog('test', 'silent'),
    });
    this.start = () =>
      transact((within, outbox) =>
        this.#orchestrator.start(within, outbox, checkoutSaga, [
          { id: newId(), transactionId: 'SAGA-TEST', input },
        ]),
      );
  }

  readonly start: () => Promise<void>;

  /** Commands since the last call, as `participant.command`; `tell` precedes those without a reply. */
  expectSent(...expected: string[]): CommandEnvelope[] {
    const sent = this.#sent.splice(0);
    expect(
      sent.map((envelope) =>
        envelope.direction === 'tell' ? `tell ${this.#nameOf(envelope)}` : this.#nameOf(envelope),
      ),
    ).toEqual(expected);
    return sent;
  }

  /** Replies to the current step or compensation. */
  async answer(outcome: StepReply): Promise<void> {
    const { record } = this;
    if (!record) throw new Error('It has not begun.');
    await deliverMessage(this.#orchestrator.replies, {
      sagaId: record.id,
      transactionId: record.transactionId,
      position: record.state.position,
      direction: record.state.status === 'COMPENSATING' ? 'undo' : 'do',
      attempts: 1,
      outcome,
    });
  }

  /** Runs successfully up to the step at `position` and leaves its command for inspection. */
  async goTo(position: number): Promise<void> {
    await this.start();
    for (const { command, output } of answers.slice(0, position)) {
      this.expectSent(command);
      await this.answer({ kind: 'done', output });
    }
  }

  /** Replies to the compensations in this order and expects the end. */
  async expectUndone(positions: readonly number[], refunded = true): Promise<void> {
    for (const position of positions) {
      const undo = undos[position];
      this.expectSent(undo ?? 'nothing');
      await this.answer({
        kind: 'done',
        output: undo === 'payment.revertPayment' ? { refunded } : {},
      });
    }
    this.expectSent('tell social.tellFailure');
    expect(this.record?.state.status).toBe('FAILED');
  }

  async pass(minutes: number): Promise<void> {
    this.#clock.time = new Date(this.#clock.time.getTime() + minutes * 60_000);
    await this.#orchestrator.sweep();
  }

  get paymentStatus(): string {
    if (!this.record) throw new Error('It has not begun.');
    return paymentStatusOf(this.record.state);
  }

  #nameOf({ command, position, direction }: CommandEnvelope): string {
    const step = checkoutSaga.steps[position];
    const all = [step?.do, step?.undo, step?.onWaiting, checkoutSaga.afterFailure];
    const bound = all.find((each) => each?.command.name === command);
    if (!bound) throw new Error(`No ${direction} of step ${position} is ${command}.`);
    return `${bound.command.participant}.${command}`;
  }

  #queueOf(envelope: CommandEnvelope): string | undefined {
    return this.#nameOf(envelope).split('.')[0];
  }
}
