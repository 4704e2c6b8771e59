import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { remoteKeys } from './keys.js';

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keySet = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'ours' }] });

describe('the keys of an address', () => {
  let server: Server;
  let isAway: boolean;
  let fetches: number;
  let url: string;

  beforeEach(async () => {
    isAway = false;
    fetches = 0;
    server = createServer((_request, response) => {
      fetches += 1;
      response.writeHead(isAway ? 503 : 200).end(keySet);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('are requested once for concurrent callers; a missing key is null', async () => {
    const keys = remoteKeys(url);
    const found = await Promise.all([keys.find('ours'), keys.find('ours'), keys.find('unknown')]);
    expect(found.map((key) => key?.equals(publicKey) ?? null)).toEqual([true, true, null]);
    expect(fetches).toBe(1);
  });

  it('are not reported as missing after a failed request: concurrent callers fail, and the next one succeeds', async () => {
    isAway = true;
    const keys = remoteKeys(url);
    const found = await Promise.allSettled([keys.find('ours'), keys.find('ours'), keys.find('ours')]);
    expect(found.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    isAway = false;
    await expect(keys.find('ours')).resolves.not.toBeNull();
  });
});
