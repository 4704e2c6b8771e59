import type { CommandDefinition } from '@souk/shared/command';
import type { Database } from '@souk/shared/db/database';
import { Rejection } from '@souk/shared/errors';
import type { BatchMessageHandler } from '@souk/shared/queue/message-worker';
import type { BatchedCommand, HandlerResult } from '@souk/shared/saga/handler';
import { participate } from '@souk/shared/saga/participant';
import type { EntityManager } from 'typeorm';
import * as sql from './batch-statements.js';
import { commands } from './souk-list.js';
import type { Participant } from './statements.js';

const done = { kind: 'done', output: {} } as const;

function refused(code: string, message: string): HandlerResult<never> {
  return { kind: 'rejected', rejection: new Rejection(code, message).toData() };
}

function sagaIds(batch: readonly BatchedCommand<CommandDefinition>[]): string[] {
  return batch.map(({ context: { sagaId } }) => sagaId);
}

/** The steps of a participant, many commands at a time. */
export function commandHandler(name: Participant, database: Database): BatchMessageHandler {
  switch (name) {
    case 'catalog':
      return participate(database, commands.catalog, {
        reserve: { batch: reserve },
        release: {
          batch: async (manager, batch) => {
            await manager.query(sql.releaseMany, [sagaIds(batch)]);
            return batch.map(() => done);
          },
        },
        confirm: {
          batch: async (manager, batch) => {
            await manager.query(sql.confirmMany, [sagaIds(batch)]);
            return batch.map(() => done);
          },
        },
      });
    case 'payment':
      return participate(database, commands.payment, {
        charge: {
          batch: async (manager, batch) => {
            await manager.query(sql.chargeMany, [
              sagaIds(batch),
              batch.map(({ payload }) => payload.amount),
              batch.map(({ payload }) => (payload.declined ? 'DECLINED' : 'CHARGED')),
            ]);
            return batch.map(({ payload }) =>
              payload.declined ? refused('PAYMENT_DECLINED', 'The card was declined.') : done,
            );
          },
        },
      });
    case 'order':
      return participate(database, commands.order, {
        issue: {
          batch: async (manager, batch) => {
            const tokens = batch.flatMap(({ payload: { orderId, tokens: issued } }) =>
              issued.map((token) => ({ orderId, ...token })),
            );
            await manager.query(sql.issueTokensMany, [
              tokens.map(({ id }) => id),
              tokens.map(({ code }) => code),
              tokens.map(({ orderId }) => orderId),
            ]);
            return batch.map(() => done);
          },
        },
      });
    case 'account':
      return participate(database, commands.account, {
        count: {
          batch: async (manager, batch) => {
            await manager.query(sql.countPurchases, [
              batch.map(({ payload }) => payload.userId),
              batch.map(({ payload }) => payload.quantity),
              batch.map(({ payload }) => payload.amount),
            ]);
            return batch.map(() => done);
          },
        },
      });
  }
}

type Reserve = typeof commands.catalog.reserve;

/** First come, first served: what is left is reckoned while the rows are locked, and taken with one statement. */
async function reserve(
  manager: EntityManager,
  batch: readonly BatchedCommand<Reserve>[],
): Promise<HandlerResult<Record<string, never>>[]> {
  const offers = [...new Set(batch.map(({ payload }) => payload.offerId))].sort();
  const rows: { offer_id: string; on_hand: number }[] = await manager.query(sql.lockStock, [offers]);
  const left = new Map(rows.map((row) => [row.offer_id, row.on_hand]));
  const taken = new Map<string, number>();
  const granted = batch.filter(({ payload: { offerId, quantity } }) => {
    const free = left.get(offerId) ?? 0;
    if (free < quantity) return false;
    left.set(offerId, free - quantity);
    taken.set(offerId, (taken.get(offerId) ?? 0) + quantity);
    return true;
  });
  if (granted.length > 0) {
    await manager.query(sql.reserveMany, [
      [...taken.keys()],
      [...taken.values()],
      sagaIds(granted),
      granted.map(({ payload }) => payload.offerId),
      granted.map(({ payload }) => payload.quantity),
    ]);
  }
  const lucky = new Set(granted);
  return batch.map((command) => (lucky.has(command) ? done : refused('INSUFFICIENT_STOCK', 'Sold out.')));
}
