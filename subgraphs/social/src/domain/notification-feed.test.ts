import { UnseenNotifications } from './notification-feed.js';

const rows = (...ids: string[]): { id: string }[] => ids.map((id) => ({ id }));

describe('unseen notifications', () => {
  test('are told once, the oldest first', () => {
    const feed = new UnseenNotifications();
    feed.takeUnseen(rows('b', 'a'));
    expect(feed.takeUnseen(rows('d', 'c', 'b', 'a'))).toEqual(rows('c', 'd'));
    expect(feed.takeUnseen(rows('d', 'c', 'b', 'a'))).toEqual([]);
  });

  test('one that commits late is told although a newer one was', () => {
    const feed = new UnseenNotifications();
    feed.takeUnseen(rows('a'));
    expect(feed.takeUnseen(rows('c', 'a'))).toEqual(rows('c'));
    expect(feed.takeUnseen(rows('c', 'b', 'a'))).toEqual(rows('b'));
  });

  test('what slides into the window from below is old', () => {
    const feed = new UnseenNotifications();
    const ids = Array.from({ length: 51 }, (_, n) => String(n + 10)).reverse();
    feed.takeUnseen(rows(...ids.slice(0, 50)));
    expect(feed.takeUnseen(rows(...ids.slice(1)))).toEqual([]);
  });
});
