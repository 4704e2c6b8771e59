import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client as Connection } from 'pg';
import { fromApiId } from '@souk/shared/ids';
import { connect, databaseUrl } from '@souk/shared/postgres';
import type { EmbeddedPostgres } from '@souk/standalone/postgres/server';
import { startPostgres } from '@souk/standalone/postgres/server';
import type { TestSouk } from '@souk/testing';
import { startSouk } from '@souk/testing';
import type { Topology } from '@souk/testing/supervisor-messages';
import { TestClient } from '@souk/testing/test-client';
import { stockLicences } from '../../tests/support/shop.js';
import { until } from '../../tests/support/until.js';

// Account's states in the other subgraphs, in a Souk on a database server of its own, whose queue can be lost.

/** The promise: a change reaches every copy within five seconds. */
const boundMs = 5_000;

describe.each<Topology>(['standalone', 'distributed'])('%s', (topology) => {
  let directory: string;
  let postgres: EmbeddedPostgres;
  let souk: TestSouk;
  let root: TestClient;
  const connections: Connection[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'souk-states-'));
    // PostgreSQL does not run as root: its user must be able to pass.
    await chmod(directory, 0o711);
    postgres = await startPostgres({ dataDir: directory, log: () => undefined });
    souk = await startSouk({ topology, environment: { DATABASE_URL: postgres.url }, demo: false });
    root = await souk.as('admin');
  });
  afterAll(async () => {
    for (const connection of connections.splice(0)) await connection.end();
    await souk.stop();
    await postgres.discard();
    await rm(directory, { recursive: true, force: true });
  });

  const open = async (database: string): Promise<Connection> => {
    const connection = await connect(databaseUrl(postgres.url, database));
    connections.push(connection);
    return connection;
  };
  const suspend = (partnerId: string): Promise<unknown> =>
    root.mutate(
      'mutation ($id: ID!) { suspendPartner(id: $id, reason: "Complaints") { partner { id } userErrors { code message } } }',
      { id: partnerId },
    );
  /** Changes something and waits until all of it is so, which took less than the bound. */
  const expectWithin = async (
    change: () => Promise<unknown>,
    effects: readonly (readonly [string, () => Promise<boolean>])[],
  ): Promise<void> => {
    for (const [, applies] of effects) expect(await applies()).toBe(false);
    await change();
    await Promise.all(effects.map(([effect, applies]) => until(effect, applies, boundMs)));
  };

  it("brings a person's contact data to social, also what an operator changes", async () => {
    const social = await open('souk_social');
    const account = await open('souk_account');
    const person = await new TestClient(souk.url).register();
    const id = fromApiId('user', person.userId ?? '');
    const row = async (): Promise<Record<string, unknown>> => {
      const { rows } = await social.query<Record<string, unknown>>(
        'SELECT * FROM known_user WHERE user_id = $1',
        [id],
      );
      return rows[0] ?? {};
    };
    await until('social to know the person', async () => (await row())['email'] !== undefined, boundMs);
    await expectWithin(
      () =>
        person.mutate(
          'mutation { updateProfile(input: { locale: "de", timeZone: "Europe/Berlin" }) { userErrors { code message } } }',
        ),
      [
        ['the locale', async () => (await row())['locale'] === 'de'],
        ['the time zone', async () => (await row())['time_zone'] === 'Europe/Berlin'],
      ],
    );
    // SQL sends no notification.
    await expectWithin(
      () => account.query("UPDATE user_account SET status = 'DELETED' WHERE id = $1", [id]),
      [
        [
          'no contact data',
          async () => {
            const { status, email, display_name: name } = await row();
            return status === 'DELETED' && email === null && name === null;
          },
        ],
      ],
    );
  });

  it('stops the sales of a suspended partner though every event and the whole queue are lost', async () => {
    const [order, payment, account, server] = await Promise.all(
      ['souk_order', 'souk_payment', 'souk_account', 'postgres'].map(open),
    );
    if (!order || !payment || !account || !server) throw new Error('There are four connections.');
    await stockLicences(root, 1);
    const seller = await new TestClient(souk.url).register();
    const { partner } = (await seller.mutate(
      'mutation { registerPartner(input: { name: "Boats" }) { partner { id } userErrors { code message } } }',
    )) as { partner: { id: string } };
    await root.mutate(
      'mutation ($id: ID!) { verifyPartner(id: $id) { partner { id } userErrors { code message } } }',
      { id: partner.id },
    );
    await seller.signIn();
    const { offerId } = await until('catalog to know the partner', () =>
      stockLicences(seller, 100).catch(() => null),
    );
    const isOffSale = async (): Promise<boolean> => {
      const { offer } = (await new TestClient(souk.url).run(
        'query ($id: ID!) { offer(id: $id) { availability { status } } }',
        { id: offerId },
      )) as { offer: { availability: { status: string } } };
      return offer.availability.status === 'NOT_ON_SALE';
    };
    const isSuspendedIn = (connection: Connection, sql: string) => async (): Promise<boolean> => {
      const { rows } = await connection.query<{ status: string }>(sql, [fromApiId('partner', partner.id)]);
      return rows[0]?.status === 'SUSPENDED';
    };
    // No job leaves or arrives from now on, and no notification.
    await server.query('ALTER DATABASE souk_queue ALLOW_CONNECTIONS false');
    await server.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'souk_queue'");
    await expectWithin(async () => {
      await suspend(partner.id);
      await account.query('TRUNCATE event_outbox, outbox');
    }, [
      ['the offer to leave the shop', isOffSale],
      ['order', isSuspendedIn(order, 'SELECT status FROM partner_owner WHERE partner_id = $1')],
      ['payment', isSuspendedIn(payment, 'SELECT status FROM partner WHERE id = $1')],
    ]);
  });
});
