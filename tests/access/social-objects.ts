import { stockLicences } from '../support/shop.js';
import type { AccessObjects } from './access-objects.js';

/** The owner's review of what the seller sells, with the listing; TypeIDs. */
export function reviewed(o: AccessObjects): Promise<{ id: string; listingId: string }> {
  return o.once('review', async () => {
    await o.order();
    const { listingId } = await o.offer();
    const { review } = (await (
      await o.people.client('owner')
    ).mutate(
      `mutation ($listingId: ID!, $key: String!) {
         reviewListing(listingId: $listingId, stars: 4, text: "Good.", idempotencyKey: $key) {
           review { id } userErrors { code message } } }`,
      { listingId, key: crypto.randomUUID() },
    )) as { review: { id: string } };
    return { id: review.id, listingId };
  });
}

/** The TypeID of a listing that the owner alone has bought: tokens of `offer()` are transferred to other callers. */
export function boughtListing(o: AccessObjects): Promise<string> {
  return o.once('bought listing', async () => {
    const { listingId, offerId } = await stockLicences(await o.people.client('partner'), null);
    const client = await o.people.client('owner');
    await client.untilStatus(await client.buy([{ offerId }]), 'COMPLETED');
    return listingId;
  });
}
