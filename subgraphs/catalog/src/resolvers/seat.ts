import { unknownNetwork } from '@souk/shared/client-network';
import { callerOf } from '@souk/shared/graph/context';
import type { UserErrorData } from '@souk/shared/graph/user-errors';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import { fromApiId, toApiId } from '@souk/shared/ids';
import type { Context } from '../context.js';
import { forgetReads } from '../context.js';
import { blockSeats } from '../domain/reservation/seat-block.js';
import type { Buyer } from '../domain/reservation/seat-hold.js';
import { holdSeats, releaseOwnSeats, releaseSeats, seatStatus } from '../domain/reservation/seat-hold.js';
import type { EventSeatEntity } from '../entities/event-seat.js';
import type { EventSeatResolvers, MutationResolvers, Resolvers } from '../generated/resolvers.js';
import { referencedOf } from './visibility.js';
import { runSellerMutation } from './seller-mutation.js';

const refused = { seats: null, heldUntil: null };

/** Mutations that hold, release and block seats. */
const seatMutations: Required<
  Pick<MutationResolvers, 'holdSeats' | 'releaseSeats' | 'blockSeats' | 'holdCartSeats' | 'releaseCartSeats'>
> = {
  holdSeats: (_parent, { seatIds }, context) =>
    buyerWrites(context, async () => {
      const { settings, clock } = context;
      const buyer = await callingBuyer(context);
      return context.database.transact((manager, outbox) =>
        holdSeats({ manager, outbox }, buyer, seatIds, settings, clock.now()),
      );
    }),
  releaseSeats: (_parent, { seatIds }, context) =>
    buyerWrites(context, async () => {
      const buyer = await callingBuyer(context);
      const ids = await context.database.transact((manager, outbox) =>
        releaseSeats({ manager, outbox }, buyer, seatIds, context.clock.now()),
      );
      return { ids, heldUntil: null };
    }),
  holdCartSeats: (_parent, { seatIds, userId, cartDigests }, context) =>
    buyerWrites(context, async () => {
      const { settings, clock } = context;
      const buyer = cartBuyer(context, userId ?? null, cartDigests);
      return context.database.transact((manager, outbox) =>
        holdSeats({ manager, outbox }, buyer, seatIds, settings, clock.now()),
      );
    }),
  releaseCartSeats: (_parent, { seatIds, userId, cartDigests }, context) =>
    buyerWrites(context, async () => {
      const buyer = cartBuyer(context, userId ?? null, cartDigests);
      const ids = await context.database.transact((manager, outbox) =>
        releaseOwnSeats({ manager, outbox }, buyer, seatIds),
      );
      return { ids, heldUntil: null };
    }),
  blockSeats: (_parent, { seatIds, blocked }, context) =>
    runSellerMutation(
      context,
      refused,
      (transaction) => blockSeats(transaction, seatIds, blocked),
      async (ids) => ({ seats: await readSeats(context, ids), heldUntil: null }),
    ),
};

/** EventSeat's fields. */
const seatFields: EventSeatResolvers = {
  __resolveReference: async (reference, context) => {
    const id = fromApiId('seat', reference.id);
    return id === null ? null : referencedOf(context, await context.loaders.seat.load(id));
  },
  id: (seat) => toApiId('seat', seat.id),
  row: (seat) => seat.rowLabel,
  number: (seat) => `${seat.seatNumber}`,
  offer: async (seat, _arguments, context) => {
    const offer = await context.loaders.offer.load(seat.offerId);
    if (!offer) throw new Error('The offer of a seat does not exist.');
    return offer;
  },
  status: (seat, _arguments, context) => seatStatus(seat, context.clock.now()),
  heldUntil: (seat, _arguments, context) =>
    seatStatus(seat, context.clock.now()) === 'HELD' ? seat.heldUntil : null,
  heldByMe: (seat, _arguments, context) =>
    seatStatus(seat, context.clock.now()) === 'HELD' &&
    seat.heldBy !== null &&
    seat.heldBy === context.identity?.userId,
  holder: (seat, _arguments, context) =>
    seatStatus(seat, context.clock.now()) === 'HELD' ? seat.heldBy : null,
};

async function callingBuyer(context: Context): Promise<Buyer> {
  const { userId } = callerOf(context);
  return {
    userId,
    cartDigests: [],
    seller: await context.seller(),
    network: networkOfCaller(context),
  };
}

/** Order names the buyer: it has verified the user's token, or the secret of a guest's cart. */
function cartBuyer(context: Context, userId: string | null, cartDigests: readonly string[]): Buyer {
  return { userId, cartDigests, seller: null, network: networkOfCaller(context) };
}

/** All callers without an address count as one network: none of them is without a limit. */
function networkOfCaller({ clientNetwork }: Context): string {
  return clientNetwork ?? unknownNetwork;
}

function buyerWrites(
  context: Context,
  work: () => Promise<{ ids: string[]; heldUntil: Date | null }>,
): Promise<{ seats: EventSeatEntity[] | null; heldUntil: Date | null; userErrors: UserErrorData[] }> {
  return withUserErrors(refused, async () => {
    const { ids, heldUntil } = await work();
    forgetReads(context);
    return { seats: await readSeats(context, ids), heldUntil };
  });
}

async function readSeats(context: Context, ids: readonly string[]): Promise<EventSeatEntity[]> {
  const seats = await Promise.all(ids.map((id) => context.loaders.seat.load(id)));
  return seats.filter((seat) => seat !== null);
}

/** Resolvers of seats. */
export const seatResolvers: Resolvers = { Mutation: seatMutations, EventSeat: seatFields };
