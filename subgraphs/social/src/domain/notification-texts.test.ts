import { newId, toApiId } from '@souk/shared/ids';
import { followedPurchased, newFollower, orderCompleted, orderFailed } from './notification-texts.js';

const listing = (title: string): { id: string; title: string } => ({ id: newId(), title });
const total = { amount: 1250, currency: 'EUR' };

describe('texts of notifications', () => {
  it.each([
    [['Alps by bicycle'], '“Alps by bicycle”'],
    [['Alps by bicycle', 'A book'], '“Alps by bicycle” and one other thing'],
    [['Alps by bicycle', 'A book', 'A lamp'], '“Alps by bicycle” and 2 other things'],
  ])('names the first of %j and counts the others', (titles, words) => {
    const text = orderCompleted({ id: newId(), number: 'SK-1', total, listings: titles.map(listing) });
    expect(text.body).toBe(`You bought ${words} for €12.50.`);
  });

  it('shortens an endless title, and cuts no character in two', () => {
    const { body } = followedPurchased(newId(), [listing('🚲'.repeat(400))]);
    expect(body).toBe(`They bought “${'🚲'.repeat(119)}…”.`);
  });

  it('leaves the order out of what followers are told', () => {
    const [buyerId, book] = [newId(), listing('A book')];
    expect(followedPurchased(buyerId, [book])).toEqual({
      type: 'FOLLOWED_PURCHASED',
      title: 'Somebody you follow went shopping',
      body: 'They bought “A book”.',
      data: { userId: toApiId('user', buyerId), listingIds: [toApiId('listing', book.id)] },
    });
  });

  it('gives clients ids of the API, never of the database', () => {
    const id = newId();
    const order = { id, number: 'SK-1', reason: 'The card was declined.' };
    expect(orderFailed(order)).toMatchObject({
      body: 'The card was declined.',
      data: { orderId: toApiId('order', id), orderNumber: 'SK-1' },
    });
    expect(JSON.stringify([orderFailed(order), newFollower(id)])).not.toContain(id);
  });
});
