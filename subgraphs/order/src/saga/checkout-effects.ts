import type { EntityManager } from 'typeorm';
import { accountCommands } from '@souk/shared/contracts/account';
import { catalogCommands } from '@souk/shared/contracts/catalog';
import { paymentCommands } from '@souk/shared/contracts/payment';
import type { SagaView } from '@souk/shared/saga/definition';
import type { SagaState } from '@souk/shared/saga/state';
import { unlockCart } from '../domain/cart.js';
import {
  applyQuote,
  completeUnlessShipped,
  failOrder,
  keepAddress,
  markPaid,
  noteEvent,
} from '../domain/order.js';
import type { OrderPaymentStatus } from '../entities/order.js';
import type { CheckoutInput } from './checkout-input.js';

// What order's own tables learn of a checkout: each runs in the transaction of the advance that it belongs to.

type Checkout = SagaView<CheckoutInput>;

/** VALIDATE_USER is done: the order keeps the address as it is now. */
export async function buyerValidated(manager: EntityManager, saga: Checkout): Promise<void> {
  await keepAddress(manager, saga.input.orderId, saga.output(accountCommands.validateUser).shippingAddress);
}

/** RESERVE_ITEMS is done: the quote is what was bought, for how much. */
export async function itemsReserved(manager: EntityManager, saga: Checkout): Promise<void> {
  await applyQuote(manager, saga.input.orderId, saga.output(catalogCommands.reserveItems));
}

/** PROCESS_PAYMENT is done. */
export async function paymentMade(manager: EntityManager, saga: Checkout): Promise<void> {
  await markPaid(manager, saga.input.orderId);
}

/** The last step is done. */
export async function completed(manager: EntityManager, saga: Checkout): Promise<void> {
  const { lines } = saga.output(catalogCommands.reserveItems);
  const ships = lines.some((line) => line.fulfilment === 'SHIPMENT');
  await noteEvent(manager, saga.input.orderId, 'saga', 'The checkout was completed.');
  await completeUnlessShipped(manager, saga.input.orderId, ships);
  await endCart(manager, saga, true);
}

/** The checkout begins to turn back. */
export async function turnedBack(manager: EntityManager, { input, state }: Checkout): Promise<void> {
  const { code, message } = state.failure ?? { code: 'CONFLICT', message: 'No reason is known.' };
  await noteEvent(manager, input.orderId, 'saga', `The checkout turned back: ${code}. ${message}`);
}

/** Something could not be undone. */
export async function needsAttention(manager: EntityManager, { input, state }: Checkout): Promise<void> {
  const name = state.compensations.at(-1)?.name ?? 'A step';
  await noteEvent(
    manager,
    input.orderId,
    'saga',
    `${name} could not be undone: somebody must look after it.`,
  );
}

/** Everything is undone. */
export async function failed(manager: EntityManager, saga: Checkout): Promise<void> {
  const { input, state } = saga;
  if (!state.failure) throw new Error('A checkout that failed says why.');
  await failOrder(manager, input.orderId, { failure: state.failure, paymentStatus: paymentStatusOf(state) });
  await endCart(manager, saga, false);
}

/** How the money of a failed checkout stands: whether it was asked for, and whether it had moved. */
export function paymentStatusOf(state: SagaState): OrderPaymentStatus {
  const position = state.steps.findIndex((step) => step.name === 'PROCESS_PAYMENT');
  if (!state.steps[position]?.startedAt) return 'UNPAID';
  const reverted = paymentCommands.revertPayment.output.safeParse(state.undoOutputs[position]);
  if (reverted.success) return reverted.data.refunded ? 'REFUNDED' : 'FAILED';
  // Settled by hand: what had moved is said to have gone back.
  const wasDone = state.steps[position + 1]?.startedAt !== null;
  return wasDone ? 'REFUNDED' : 'FAILED';
}

async function endCart(
  manager: EntityManager,
  { input: { cartId }, sagaId }: Checkout,
  empty: boolean,
): Promise<void> {
  if (cartId !== null) await unlockCart(manager, { cartId, checkoutId: sagaId, empty });
}
