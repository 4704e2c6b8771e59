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
