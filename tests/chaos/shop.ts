import type { TestClient } from '@souk/testing/test-client';
import { stockLicences, stockSeats, stockTour } from '../support/shop.js';
import type { OfferName, Plan } from './plan.js';

const seatsPerRow = 20;
const prices = { licence: 1_700, scarce: 2_900 };

/** The offers of a run, with API ids. */
export interface Shop {
  offers: Record<OfferName, { offerId: string; listingId: string }>;
  /** Units to begin with, by the offer's id; seated offers are not among them. */
  units: ReadonlyMap<string, number>;
  /** In the order of the plan's numbers. */
  seatIds: string[];
}

/** Fills a shop as the plan says. */
export async function openShop(root: TestClient, plan: Plan): Promise<Shop> {
  const licence = await stockLicences(root, plan.units.licence, prices.licence);
  const scarce = await stockLicences(root, plan.units.scarce, prices.scarce);
  const tour = await stockTour(root, plan.units.tour);
  const hall = await stockSeats(root, Math.ceil(plan.seats / seatsPerRow), seatsPerRow);
  return {
    offers: { licence, scarce, tour, seat: hall },
    units: new Map([
      [licence.offerId, plan.units.licence],
      [scarce.offerId, plan.units.scarce],
      [tour.offerId, plan.units.tour],
    ]),
    seatIds: hall.seatIds,
  };
}
