import { notImplemented as accountsMissing } from '@souk/account/resolvers/not-implemented';
import { notImplemented as catalogsMissing } from '@souk/catalog/resolvers/not-implemented';
import { apiSchema } from '@souk/gateway/supergraph/composition';
import { notImplemented as ordersMissing } from '@souk/order/resolvers/not-implemented';
import { notImplemented as paymentsMissing } from '@souk/payment/resolvers/not-implemented';
import { notImplemented as socialsMissing } from '@souk/social/resolvers/not-implemented';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessPeople } from '../../access/access-people.js';
import { endOpenCheckouts, inconsistencies } from '../../fuzz/fuzz-consistency.js';
import { FuzzCallers } from '../../fuzz/fuzz-callers.js';
import type { FuzzPool } from '../../fuzz/fuzz-operation.js';
import { fuzzTargets } from '../../fuzz/fuzz-operations.js';
import { createPool } from '../../fuzz/fuzz-pool.js';
import type { FuzzFault } from '../../fuzz/fuzz-run.js';
import { faultText, runFuzz } from '../../fuzz/fuzz-run.js';
import type { FuzzSouk } from '../../fuzz/fuzz-souk.js';
import { startFuzzSouk } from '../../fuzz/fuzz-souk.js';
import { until } from '../../support/until.js';

// Any value that the schema allows is answered or refused, never a fault.

const seconds = Number(process.env['FUZZ_SECONDS'] ?? 20);
// Each run is another one, but for CI: there what it finds is to be of the change.
const anySeed = process.env['CI'] ? 1 : Math.floor(Math.random() * 2 ** 31);
const seed = Number(process.env['FUZZ_SEED'] ?? anySeed);
const only = process.env['FUZZ_OPERATION'];

const schema = apiSchema(readFileSync(join(__dirname, '../../../gateway/supergraph.graphql'), 'utf8'));
const missing = [accountsMissing, catalogsMissing, ordersMissing, paymentsMissing, socialsMissing].flat();
/** Without input, and it ends the sessions of the callers. */
const left = ['Mutation.revokeAllSessions'];
const targets = fuzzTargets(schema, [...missing, ...left]).filter(
  ({ coordinate }) => only === undefined || coordinate === only,
);

let fuzzed: FuzzSouk;
let people: AccessPeople;
let pool: FuzzPool;

beforeAll(async () => {
  fuzzed = await startFuzzSouk();
  people = newPeople(true);
  pool = await createPool(people);
});

afterAll(async () => {
  await fuzzed.close();
});

function newPeople(sellersMaySell: boolean): AccessPeople {
  return new AccessPeople({ souk: fuzzed.souk, signingKey: '' }, { sellersMaySell });
}

/** The log of a fault's requests. */
function logOf({ requestIds }: FuzzFault): string {
  const lines = fuzzed.souk
    .output()
    .split('\n')
    .filter((line) => requestIds.some((id) => line.includes(id)));
  return lines.slice(0, 3).join('\n').slice(0, 3_000);
}

it(
  `answers ${seconds} s of generated operations without a fault (FUZZ_SEED=${seed})`,
  async () => {
    const callers = new FuzzCallers(fuzzed.souk, people, () => newPeople(false));
    const report = await runFuzz({
      schema,
      targets,
      pool,
      seed,
      seconds,
      send: (caller, request) => callers.send(caller, request),
    });
    process.stderr.write(
      `Fuzzed ${report.operations} operations of ${targets.length} fields in ${report.rounds} rounds: ` +
        `FUZZ_SEED=${seed} FUZZ_SECONDS=${seconds}. ` +
        `None of these was granted: ${report.neverGranted.join(', ') || 'none'}.\n`,
    );
    const found = report.faults.map((fault) => [faultText(fault, seed), logOf(fault)].join('\n'));
    expect(found).toEqual([]);
  },
  seconds * 1_000 + 300_000,
);

it('leaves nothing half done', async () => {
  const { souk, databases } = fuzzed;
  // Signed in before: generated logins have exhausted the attempts of this address.
  const { admin: root } = souk;
  const look = (): Promise<string[]> => inconsistencies({ databases, root, simulator: souk.simulator });
  await until('all is settled', async () => {
    await endOpenCheckouts(root);
    return (await look()).length === 0;
  }).catch(() => undefined);
  expect(await look()).toEqual([]);
});
