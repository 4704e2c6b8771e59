import { defineCommand } from '@souk/shared/command';
import { nothing, uuid } from '@souk/shared/contracts/values';
import type { SagaDefinition, SagaView } from '@souk/shared/saga/definition';
import { bind } from '@souk/shared/saga/definition';
import { z } from 'zod';
import type { Ending } from './scenario.js';
import { endOrders } from './batch-statements.js';

const input = z.object({
  orderId: uuid,
  userId: uuid,
  offerId: uuid,
  quantity: z.int(),
  amount: z.int(),
  declined: z.boolean(),
  tokens: z.array(z.object({ id: uuid, code: z.string() })),
});

/** The input of a benchmark checkout. */
export type BenchInput = z.infer<typeof input>;

const units = z.object({ offerId: uuid, quantity: z.int() });
const sum = z.object({ amount: z.int(), declined: z.boolean() });
const issue = z.object({ orderId: uuid, tokens: z.array(z.object({ id: uuid, code: z.string() })) });
const purchase = z.object({ userId: uuid, quantity: z.int(), amount: z.int() });

/** The commands of the five steps, by participant. */
export const commands = {
  catalog: {
    reserve: defineCommand('catalog', 'reserve', { payload: units, output: nothing }),
    release: defineCommand('catalog', 'release', { payload: nothing, output: nothing }),
    confirm: defineCommand('catalog', 'confirm', { payload: nothing, output: nothing }),
  },
  payment: { charge: defineCommand('payment', 'charge', { payload: sum, output: nothing }) },
  order: { issue: defineCommand('order', 'issue', { payload: issue, output: nothing }) },
  account: { count: defineCommand('account', 'count', { payload: purchase, output: nothing }) },
};

const nothingMore = (): Record<string, never> => ({});

/** The benchmark's saga. `ended` is called in the transaction in which a saga ends. */
export function benchSaga(ended: (sagaId: string, ending: Ending) => void): SagaDefinition<BenchInput> {
  const end =
    (
      status: 'COMPLETED' | 'FAILED',
      ending: Ending,
    ): NonNullable<SagaDefinition<BenchInput>['onCompleted']> =>
    async (manager, sagas: readonly SagaView<BenchInput>[]) => {
      await manager.query(endOrders, [sagas.map(({ input: { orderId } }) => orderId), status]);
      for (const { sagaId } of sagas) ended(sagaId, ending);
    };
  return {
    name: 'bench',
    version: 1,
    parseInput: (json) => input.parse(json),
    steps: [
      {
        name: 'RESERVE_ITEMS',
        do: bind(commands.catalog.reserve, ({ input: { offerId, quantity } }) => ({ offerId, quantity })),
        undo: bind(commands.catalog.release, nothingMore),
      },
      {
        name: 'PROCESS_PAYMENT',
        do: bind(commands.payment.charge, ({ input: { amount, declined } }) => ({ amount, declined })),
      },
      { name: 'CONFIRM_ITEMS', do: bind(commands.catalog.confirm, nothingMore) },
      {
        name: 'GENERATE_TOKENS',
        do: bind(commands.order.issue, ({ input: { orderId, tokens } }) => ({ orderId, tokens })),
      },
      {
        name: 'UPDATE_STATS',
        do: bind(commands.account.count, ({ input: { userId, quantity, amount } }) => ({
          userId,
          quantity,
          amount,
        })),
      },
    ],
    onCompleted: end('COMPLETED', 'completed'),
    onFailed: end('FAILED', 'failed'),
  };
}
