import { newId, toApiId } from '@souk/shared/ids';
import { followedPurchased, newFollower, orderCompleted, orderFailed } from './notification-texts.js';

const listing = (title: string): { id: string; title: string } => ({ id: newId(), title });
const total = { amount: 1250, currency: 'EUR' };

describe('texts of notifications', () => {
  it.each([
    [['Alps by bicycle'], '“Alps by bicycle”'],
    [['Alps by bicycle', 'A book'], '“Alps by bicycle” and one other item'],
    [['Alps by bicycle', 'A book', 'A lamp'], '“Alps by bicycle” and 2 other items'],
  ])('name the first of %j and count the others', (titles, words) => {
    const text = orderCompleted({ id: newId(), number: 'SK-1', total, listings: titles.map(listing) });
    expect(text.body).toBe(`You bought ${words} for €12.50.`);
  });

  it('truncate a long title between characters', () => {
    const { body } = followedPurchased(newId(), [listing('🚲'.repeat(400))]);
    expect(body).toBe(`They bought “${'🚲'.repeat(119)}…”.`);
  });

  it('do not reveal the order to followers', () => {
    const [buyerId, book] = [newId(), listing('A book')];
    expect(followedPurchased(buyerId, [book])).toEqual({
      type: 'FOLLOWED_PURCHASED',
      title: 'Someone you follow made a purchase',
      body: 'They bought “A book”.',
      data: { userId: toApiId('user', buyerId), listingIds: [toApiId('listing', book.id)] },
    });
  });

  it('contain ids of the API, never of the database', () => {
    const id = newId();
    const order = { id, number: 'SK-1', reason: 'The card was declined.' };
    expect(orderFailed(order)).toMatchObject({
      body: 'The card was declined.',
      data: { orderId: toApiId('order', id), orderNumber: 'SK-1' },
    });
    expect(JSON.stringify([orderFailed(order), newFollower(id)])).not.toContain(id);
  });
});
