import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { checkoutDeadlineMs } from '@souk/testing/test-client';
import { stockLicences } from '../support/shop.js';
import { administrator, newUser, soukUrl } from '../support/suite-clients.js';

const root = path.join(__dirname, '../..');

it('the WebSocket example of the README follows a checkout to its end', async () => {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const example = /```ts\n(import \{ createClient \} from 'graphql-ws';.*?)```/s.exec(readme)?.[1];
  if (example === undefined) throw new Error('The README has no WebSocket example.');
  const { offerId } = await stockLicences(await administrator(), 5);
  const buyer = await newUser();
  const checkoutId = await buyer.buy([{ offerId }]);
  const code = example.replace('ws://localhost:4000', soukUrl.replace('http', 'ws'));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      // Newer versions have it, Node 20 has not.
      '--no-experimental-websocket',
      '--input-type=module',
      '--eval',
      code,
    ],
    {
      cwd: root,
      env: { ...process.env, ACCESS_TOKEN: buyer.accessToken ?? '', CHECKOUT_ID: checkoutId },
      timeout: checkoutDeadlineMs,
    },
  );
  expect(stdout).toContain('{"checkoutUpdated":{"status":"COMPLETED"');
  expect(stdout).toContain('"payment":{"status":"SUCCEEDED"}');
});
