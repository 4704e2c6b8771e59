import { networkDigest } from './network-digest.js';

describe('networkDigest', () => {
  it('is the same within a /64, and differs between networks and keys', () => {
    const digest = networkDigest('2001:db8:1:2::9', 'a secret');
    expect(digest).toMatch(/^[0-9a-f]{32}$/);
    expect(networkDigest('2001:db8:1:2:ffff::1', 'a secret')).toBe(digest);
    expect(networkDigest('2001:db8:1:3::9', 'a secret')).not.toBe(digest);
    expect(networkDigest('2001:db8:1:2::9', 'another secret')).not.toBe(digest);
  });

  it('is null where no address is known', () => {
    expect(networkDigest(null, 'a secret')).toBeNull();
  });
});
