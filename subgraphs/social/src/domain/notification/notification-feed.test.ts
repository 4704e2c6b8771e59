import { UnseenNotifications } from './notification-feed.js';

const rows = (...ids: string[]): { id: string }[] => ids.map((id) => ({ id }));

describe('unseen notifications', () => {
  test('are returned once, oldest first', () => {
    const feed = new UnseenNotifications();
    feed.takeUnseen(rows('b', 'a'));
    expect(feed.takeUnseen(rows('d', 'c', 'b', 'a'))).toEqual(rows('c', 'd'));
    expect(feed.takeUnseen(rows('d', 'c', 'b', 'a'))).toEqual([]);
  });

  test('include one that commits late, after a newer one was returned', () => {
    const feed = new UnseenNotifications();
    feed.takeUnseen(rows('a'));
    expect(feed.takeUnseen(rows('c', 'a'))).toEqual(rows('c'));
    expect(feed.takeUnseen(rows('c', 'b', 'a'))).toEqual(rows('b'));
  });

  test('exclude old ones that enter the window after a deletion', () => {
    const feed = new UnseenNotifications();
    const ids = Array.from({ length: 51 }, (_, n) => String(n + 10)).reverse();
    feed.takeUnseen(rows(...ids.slice(0, 50)));
    expect(feed.takeUnseen(rows(...ids.slice(1)))).toEqual([]);
  });
});
