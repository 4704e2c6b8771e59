import { UnseenNotifications } from './notification-feed.js';

const rows = (...ids: string[]): { id: string }[] => ids.map((id) => ({ id }));

describe('unseen notifications', () => {
  test('are told once, the oldest first', () => {
    const feed = new UnseenNotifications();
    feed.unseen(rows('b', 'a'));
    expect(feed.unseen(rows('d', 'c', 'b', 'a'))).toEqual(rows('c', 'd'));
    expect(feed.unseen(rows('d', 'c', 'b', 'a'))).toEqual([]);
  });

  test('one that commits late is told although a newer one was', () => {
    const feed = new UnseenNotifications();
    feed.unseen(rows('a'));
    expect(feed.unseen(rows('c', 'a'))).toEqual(rows('c'));
    expect(feed.unseen(rows('c', 'b', 'a'))).toEqual(rows('b'));
  });

  test('what slides into the window from below is old', () => {
    const feed = new UnseenNotifications();
    const ids = Array.from({ length: 51 }, (_, n) => String(n + 10)).reverse();
    feed.unseen(rows(...ids.slice(0, 50)));
    expect(feed.unseen(rows(...ids.slice(1)))).toEqual([]);
  });
});
