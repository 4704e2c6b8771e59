import { buySomething } from '@souk/client/example';
import { LoginDocument } from '@souk/client/generated/operations';
import { granted, OperationFailed, Refused, Souk } from '@souk/client/souk';
import { administrator, soukUrl } from '../support/suite-clients.js';
import { stockLicences } from '../support/shop.js';

it("the client kit's example registers, fills a cart, checks out and waits for the end", async () => {
  const { offerId } = await stockLicences(await administrator(), 5);
  const reported: string[] = [];
  const checkout = await buySomething(soukUrl, { offerId, report: (line) => reported.push(line) });
  expect(checkout.status).toBe('COMPLETED');
  expect(checkout.order.tokens).toEqual([
    { id: expect.any(String) as string, code: expect.stringMatching(/^LIC-/) as string, kind: 'LICENCE' },
  ]);
  expect(reported.at(-2)).toBe('COMPLETED');
});

it('distinguishes user errors from failures', async () => {
  const souk = new Souk(soukUrl);
  const unknownUser = { email: 'unknown@example.com', password: 'not a password of anybody' };
  const { login } = await souk.run(LoginDocument, unknownUser);
  expect(() => granted(login)).toThrow(Refused);
  souk.useToken('not a token');
  await expect(souk.run(LoginDocument, unknownUser)).rejects.toThrow(OperationFailed);
});
