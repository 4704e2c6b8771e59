import type { Clock } from '@souk/shared/clock';
import type { catalogCommands } from '@souk/shared/contracts/catalog';
import type { Database } from '@souk/shared/db/database';
import { Rejection } from '@souk/shared/errors';
import type { BatchedCommand, CommandHandlers } from '@souk/shared/saga/handler';
import { done, rejected } from '@souk/shared/saga/handler-result';
import type { CommandDefinition } from '@souk/shared/command';
import { findObstacles } from '../domain/deletion/deletion-obstacles.js';
import { erasePerson } from '../domain/deletion/person-erasure.js';
import { eraseSeller } from '../domain/deletion/seller-erasure.js';
import type { CatalogSettings } from '../domain/settings.js';
import { confirm, extend, release, reserve, returnSold } from '../domain/reservation/reservation.js';
import { returnSoldUnits } from '../domain/reservation/returned-units.js';

/** Handlers of catalog's commands in checkouts, cancellations and deletions of accounts. */
export function commandHandlers(
  database: Database,
  clock: Clock,
  settings: () => CatalogSettings,
): CommandHandlers<typeof catalogCommands> {
  return {
    reserveItems: {
      batch: async (manager, commands) => {
        const requests = commands.map(({ payload, context: { sagaId } }) => ({
          ...payload,
          sagaId,
          holdUntil: new Date(payload.holdUntil),
        }));
        const answers = await reserve(manager, requests, settings(), clock.now());
        return answers.map((answer) =>
          answer instanceof Rejection ? rejected(answer) : { kind: 'done', output: answer },
        );
      },
    },
    releaseItems: {
      batch: async (manager, commands) => {
        await release(manager, sagaIdsOf(commands));
        return commands.map(() => done);
      },
    },
    extendHold: {
      batch: async (manager, commands) => {
        await extend(
          manager,
          commands.map(({ payload, context: { sagaId } }) => ({
            sagaId,
            until: new Date(payload.holdUntil),
          })),
        );
        return commands.map(() => done);
      },
    },
    confirmItems: {
      batch: async (manager, commands) => {
        const answers = await confirm(
          manager,
          commands.map(({ payload: { userId }, context: { sagaId } }) => ({ userId, sagaId })),
        );
        return answers.map((refusal) => (refusal ? rejected(refusal) : done));
      },
    },
    returnItems: {
      batch: async (manager, commands) => {
        await returnSold(manager, sagaIdsOf(commands));
        return commands.map(() => done);
      },
    },
    returnSoldItems: {
      batch: async (manager, commands) => {
        await returnSold(
          manager,
          commands.map(({ payload: { checkoutId } }) => checkoutId),
        );
        return commands.map(() => done);
      },
    },
    returnSoldUnits: {
      batch: async (manager, commands) => {
        await returnSoldUnits(
          manager,
          commands.flatMap(({ payload: { checkoutId, lines } }) =>
            lines.map((line) => ({ ...line, sagaId: checkoutId })),
          ),
        );
        return commands.map(() => done);
      },
    },
    validateDeletion: {
      batch: (manager, commands) =>
        Promise.all(
          commands.map(async ({ payload: { partnerId } }) => ({
            kind: 'done',
            output: { obstacles: await findObstacles(manager, partnerId, clock.now()) },
          })),
        ),
    },
    erasePerson: {
      prepareAll: (_manager, commands) => Promise.resolve(commands.map(() => ({}))),
      // A seller may have thousands of listings: each is ended in a transaction of its own, and a repeat goes on.
      perform: async (_prepared, { partnerId }) => {
        if (partnerId !== null) await eraseSeller(database, partnerId);
      },
      settleAll: async (manager, commands) => {
        for (const { payload, context } of commands)
          await erasePerson(manager, context.outbox, payload.userId);
        return commands.map(() => done);
      },
    },
  };
}

function sagaIdsOf(commands: readonly BatchedCommand<CommandDefinition>[]): string[] {
  return commands.map(({ context: { sagaId } }) => sagaId);
}
