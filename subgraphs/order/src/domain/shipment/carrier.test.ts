import { trackingUrlOf } from './carrier.js';

describe('tracking pages', () => {
  it.each(['DHL', 'dhl', ' D.H.L. '])('are found for %s', (carrier) => {
    expect(trackingUrlOf(carrier, 'JD014600')).toMatch(/^https:\/\/www\.dhl\.com\/.*tracking-id=JD014600$/);
  });

  it.each(['Pigeon post', 'constructor', '__proto__', ''])('are unknown for %s', (carrier) => {
    expect(trackingUrlOf(carrier, '1')).toBeNull();
  });

  it('are none without a tracking number', () => {
    expect(trackingUrlOf('UPS', null)).toBeNull();
  });

  it('contain the number as a value only', () => {
    const url = new URL(trackingUrlOf('UPS', '1Z&next=//evil#x y') ?? '');
    expect([url.host, url.searchParams.get('tracknum'), url.hash]).toEqual([
      'www.ups.com',
      '1Z&next=//evil#x y',
      '',
    ]);
  });
});
