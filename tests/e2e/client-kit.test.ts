import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buySomething } from '@souk/client/example';
import { LoginDocument } from '@souk/client/generated/operations';
import { granted, OperationFailed, Refused, SoukClient } from '@souk/client/souk-client';
import { administrator, soukUrl } from '../support/suite-clients.js';
import { runConsumer } from '../support/run-consumer.js';
import { installPacked } from '../support/packed-packages.js';
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
  const souk = new SoukClient(soukUrl);
  const unknownUser = { email: 'unknown@example.com', password: 'not a password of anybody' };
  const { login } = await souk.run(LoginDocument, unknownUser);
  expect(() => granted(login)).toThrow(Refused);
  souk.useToken('not a token');
  await expect(souk.run(LoginDocument, unknownUser)).rejects.toThrow(OperationFailed);
});

it('the published package checks out from a program of its own', async () => {
  const { offerId } = await stockLicences(await administrator(), 5);
  const directory = await mkdtemp(join(tmpdir(), 'client-kit-'));
  try {
    await installPacked(directory, ['client']);
    const program = `
      import { buySomething } from '@souk/client/example';
      const [url = '', offerId = ''] = process.argv.slice(2);
      const { status, order } = await buySomething(url, { offerId, report: () => undefined });
      console.log(status, order.tokens.map(({ kind }) => kind).join());
    `;
    expect(await runConsumer(directory, program, [soukUrl, offerId])).toBe('COMPLETED LICENCE\n');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
