import { accountCommands } from '@souk/shared/contracts/account';
import type { QuotedLine } from '@souk/shared/contracts/catalog';
import { catalogCommands } from '@souk/shared/contracts/catalog';
import type { OrderCompleted, OrderRefunded } from '@souk/shared/contracts/order';
import { orderEvents } from '@souk/shared/contracts/order';
import type { PaymentMoney } from '@souk/shared/contracts/payment';
import { paymentCommands } from '@souk/shared/contracts/payment';
import { socialCommands } from '@souk/shared/contracts/social';
import type { Json } from '@souk/shared/errors';
import type { SubgraphDependencies } from '@souk/shared/graph/app';
import { newId } from '@souk/shared/ids';
import { MessageWorker } from '@souk/shared/queue/message-worker';
import type { CommandEnvelope, StepReply } from '@souk/shared/contracts/saga-envelope';
import { commandEnvelope } from '@souk/shared/contracts/saga-envelope';
import { eventReceiver } from '../../../../tests/support/events.js';
import { until } from '../../../../tests/support/until.js';
import type { FakeCatalog } from './fake-catalog.js';

/** Replies of the other participants to commands; null for no reply. */
export type Answer = (envelope: CommandEnvelope) => StepReply | null;

const commands = {
  ...accountCommands,
  ...catalogCommands,
  ...paymentCommands,
  ...socialCommands,
};

const { orderRefunded, orderCompleted } = orderEvents;
const socialEvents = { orderRefunded, orderCompleted };

/** Name of a command of the fakes. */
export type FakeCommand = keyof typeof commands;

export const done = (output: Json = {}): StepReply => ({ kind: 'done', output });

export const rejected = (
  code: string,
  details: Record<string, Json> = {},
  typename = 'InputError',
): StepReply => ({
  kind: 'rejected',
  rejection: { code, message: `It is ${code}.`, field: null, typename, details },
});

/** Four fake participants on the real queue, with configurable replies. */
export class FakeParticipants {
  readonly #catalog: FakeCatalog;
  readonly #dependencies: SubgraphDependencies;
  readonly #answers = new Map<string, Answer>();
  readonly #workers: MessageWorker[] = [];
  /** All received commands, in order. */
  readonly heard: CommandEnvelope[] = [];
  /** Refund events that social received, in order. */
  readonly refunds: OrderRefunded[] = [];
  /** Completion events that social received, in order. */
  readonly completedOrders: OrderCompleted[] = [];

  constructor(dependencies: SubgraphDependencies, catalog: FakeCatalog) {
    this.#dependencies = dependencies;
    this.#catalog = catalog;
  }

  /** Resets all replies to success. */
  reset(): void {
    this.#answers.clear();
    this.on('validateUser', () => done({ shippingAddress: null, locale: 'en' }));
    this.on('reserveItems', ({ payload }) => done(this.#quote(payload)));
    this.on('processPayment', () => done({ paymentId: newId() }));
    this.on('revertPayment', ({ sagaId }) => {
      const wasPaid = this.#paymentCommand(sagaId) !== undefined;
      return done(wasPaid ? { refunded: true, payment: this.refundedMoney(sagaId) } : { refunded: false });
    });
    this.on('refundOrder', ({ payload }) => {
      const { checkoutId } = paymentCommands.refundOrder.payload.parse(payload);
      const payment = this.refundedMoney(checkoutId);
      return done(payment.refunded.amount === 0 ? {} : { payment });
    });
    this.on('refundItems', ({ sagaId, payload }) => {
      const { checkoutId, lines } = paymentCommands.refundItems.payload.parse(payload);
      const amount = lines.reduce((sum, line) => sum + line.amount, 0);
      this.#itemRefunds.set(sagaId, { checkoutId, amount });
      const payment = this.#moneyAfterItems(checkoutId);
      return done(payment.refunded.amount === 0 ? {} : { payment });
    });
  }

  /** The refunds of canceled units: amounts by cancellation, with the checkout. */
  readonly #itemRefunds = new Map<string, { checkoutId: string; amount: number }>();

  /** The money of a checkout's payment after the refunds of its canceled units. */
  #moneyAfterItems(checkoutId: string): PaymentMoney {
    const all = this.refundedMoney(checkoutId);
    const refunds = [...this.#itemRefunds.values()].filter((refund) => refund.checkoutId === checkoutId);
    const amount = refunds.reduce((sum, refund) => sum + refund.amount, 0);
    const refunded = { ...all.refunded, amount: Math.min(amount, all.refunded.amount) };
    return { ...all, refunded, position: 2 + refunds.length };
  }

  /** Sets the reply to a command. */
  on(command: FakeCommand, answer: Answer): void {
    this.#answers.set(command, answer);
  }

  /** The money of a checkout's payment after its full refund. */
  refundedMoney(checkoutId: string): PaymentMoney {
    const { amount } = paymentCommands.processPayment.payload.parse(
      this.#paymentCommand(checkoutId)?.payload,
    );
    return { refunded: amount, disputed: 0, chargedBack: 0, position: 1_000 };
  }

  #paymentCommand(checkoutId: string): CommandEnvelope | undefined {
    return this.heard.find(({ sagaId, command }) => sagaId === checkoutId && command === 'processPayment');
  }

  /** Waits for a command of a checkout. */
  untilHeard(command: FakeCommand, { transactionId }: { transactionId: string }): Promise<CommandEnvelope> {
    return until(`the command ${command}`, () =>
      this.heard.find((each) => each.command === command && each.transactionId === transactionId),
    );
  }

  /** Returns the commands of one saga in order of arrival, without repeats. */
  heardOf(sagaId: string): string[] {
    return [...new Set(this.heard.filter((each) => each.sagaId === sagaId).map((each) => each.command))];
  }

  async reply(envelope: CommandEnvelope, outcome: StepReply): Promise<void> {
    const { sagaId, transactionId, position, direction } = envelope;
    const body = { sagaId, transactionId, position, direction, attempts: 1, outcome };
    await this.#dependencies.sender.send([{ queue: 'order', name: 'reply', body }]);
  }

  /** Catalog's reply to reserveItems. */
  quote({ payload }: CommandEnvelope): Json {
    return this.#quote(payload);
  }

  async start(): Promise<void> {
    this.reset();
    for (const name of ['account', 'catalog', 'payment', 'social'] as const) {
      const worker = new MessageWorker(
        this.#dependencies.queues,
        name,
        {
          command: (body) => this.#hear(body),
          ...eventReceiver(socialEvents, {
            orderRefunded: (refund) => this.refunds.push(refund),
            orderCompleted: (order) => this.completedOrders.push(order),
          }),
        },
        { concurrency: 8, log: this.#dependencies.log },
      );
      await worker.ready();
      this.#workers.push(worker);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }

  async #hear(body: Json): Promise<void> {
    const envelope = commandEnvelope.parse(body);
    commands[envelope.command as FakeCommand].payload.parse(envelope.payload);
    this.heard.push(envelope);
    const outcome = (this.#answers.get(envelope.command) ?? (() => done()))(envelope);
    if (outcome && envelope.direction !== 'tell') await this.reply(envelope, outcome);
  }

  #quote(payload: Json): Json {
    const { lines } = catalogCommands.reserveItems.payload.parse(payload);
    const quoted = lines.map(({ lineId, offerId, quantity, seatIds }): QuotedLine => {
      const offer = this.#catalog.offers.get(offerId);
      if (!offer) throw new Error(`The fake catalog has no offer ${offerId}.`);
      return {
        lineId,
        offerId,
        listingId: offer.listingUuid,
        partnerId: offer.partnerUuid,
        title: 'A thing, quoted',
        upc: offer.upc,
        quantity,
        unitPrice: { amount: offer.amount, currency: offer.currency },
        seatIds,
        fulfilment: offer.fulfilment,
        validFrom: null,
        validUntil: '2030-01-01T00:00:00.000Z',
      };
    });
    const amount = quoted.reduce((sum, line) => sum + line.unitPrice.amount * line.quantity, 0);
    return { lines: quoted, total: { amount, currency: quoted[0]?.unitPrice.currency ?? 'EUR' } };
  }
}
