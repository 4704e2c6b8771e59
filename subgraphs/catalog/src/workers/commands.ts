import type { Clock } from '@souk/shared/clock';
import type { catalogCommands } from '@souk/shared/contracts/catalog';
import type { CommandHandlers } from '@souk/shared/saga/participant';
import { confirm, extend, release, reserve, returnSold } from '../domain/reservation.js';

const done = { kind: 'done', output: {} } as const;

/** What catalog does in a checkout, and in an order's cancellation. */
export function commandHandlers(clock: Clock): CommandHandlers<typeof catalogCommands> {
  return {
    reserveItems: async (manager, payload, { sagaId }) => {
      const request = { ...payload, holdUntil: new Date(payload.holdUntil) };
      return { kind: 'done', output: await reserve(manager, sagaId, request, clock.now()) };
    },
    releaseItems: async (manager, _payload, { sagaId }) => {
      await release(manager, sagaId);
      return done;
    },
    extendHold: async (manager, payload, { sagaId }) => {
      await extend(manager, sagaId, new Date(payload.holdUntil));
      return done;
    },
    confirmItems: async (manager, payload, { sagaId }) => {
      await confirm(manager, sagaId, payload.userId);
      return done;
    },
    returnItems: async (manager, _payload, { sagaId }) => {
      await returnSold(manager, sagaId);
      return done;
    },
    returnSoldItems: async (manager, { checkoutId }) => {
      await returnSold(manager, checkoutId);
      return done;
    },
  };
}
