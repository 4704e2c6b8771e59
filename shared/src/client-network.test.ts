import { networkOf, readAddress, unknownNetwork } from './client-network.js';

describe('readAddress', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    [' 192.0.2.1 ', '192.0.2.1'],
    ['192.0.2.1:4711', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1:4711', '192.0.2.1'],
    ['::FFFF:192.0.2.1:4711', '192.0.2.1'],
    ['::FFFF:c000:0201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['[::ffff:192.0.2.1]:443', '192.0.2.1'],
    ['2001:DB8::0a', '2001:db8::a'],
    ['[2001:db8::a]', '2001:db8::a'],
    ['[2001:db8::a]:4711', '2001:db8::a'],
    ['"[2001:db8::a]:4711"', '2001:db8::a'],
    ['fe80::1%eth0', 'fe80::1'],
    ['[fe80::1%25eth0]:80', 'fe80::1'],
    ['::', '::'],
    ['::5:6:7:8:192.0.2.1', '::5:6:7:8:c000:201'],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201'],
  ])('%s is %s', (text, address) => {
    expect(readAddress(text)).toBe(address);
  });

  it.each(['', 'unknown', '_hidden', '192.0.2', '192.0.2.256', '1.2.3.4:x', '[::1', '::1]', 'x'.repeat(1e6)])(
    'finds none in %p',
    (text) => {
      expect(readAddress(text)).toBeNull();
    },
  );
});

describe('networkOf', () => {
  it.each([
    ['one /64', '2001:db8:1:2::1', '2001:DB8:1:2:ffff:ffff:ffff:ffff', true],
    ['one /64, with a zone id and a port', 'fe80::1%eth0', '[fe80::2%eth1]:80', true],
    ['two neighboring /64', '2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['IPv4 and the same mapped', '192.0.2.1', '::ffff:192.0.2.1', true],
    ['two mapped addresses', '::ffff:192.0.2.1', '::ffff:192.0.2.2', false],
    ['IPv4 with two ports', '192.0.2.1:1', '192.0.2.1:2', true],
    ['two IPv4 addresses', '192.0.2.1', '192.0.2.2', false],
    ['junk and other junk', 'junk', 'other junk', true],
  ])('%s', (_what, first, second, isOne) => {
    expect(networkOf(first) === networkOf(second)).toBe(isOne);
  });

  it('names networks in one spelling', () => {
    expect(networkOf('2001:DB8::0001')).toBe('2001:db8:0:0::/64');
    expect(networkOf('::1')).toBe('0:0:0:0::/64');
    expect(networkOf('::5:6:7:8:192.0.2.1')).toBe('0:0:5:6::/64');
    expect(networkOf('1:2:3:4:5:6:7:8')).toBe('1:2:3:4::/64');
    expect(networkOf('192.0.2.1')).toBe('192.0.2.1');
    expect(networkOf(null)).toBe(unknownNetwork);
  });
});
