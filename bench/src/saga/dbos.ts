import { DBOS } from '@dbos-inc/dbos-sdk';
import { DrizzleDataSource } from '@dbos-inc/drizzle-datasource';
import { sql } from 'drizzle-orm';
import type { Checkout, Ending } from './scenario.js';
import * as statements from './statements.js';
import type { Variant, VariantOptions } from './variant.js';

const poolSize = 20;

/**
 * A durable workflow of DBOS for each checkout; each step is a transaction of its data source, so that effect and
 * checkpoint are committed together. The shop's tables are in one database, DBOS's system database is another. The
 * entry row is the workflow's own.
 */
export async function openDbos({ databases }: VariantOptions): Promise<Variant> {
  const shop = new DrizzleDataSource('shop', {
    connectionString: databases.participants.order,
    max: poolSize,
  });
  const run = async (text: string, values: unknown[]): Promise<number> => {
    const { rowCount } = await shop.client.execute(bound(text, values));
    return rowCount ?? 0;
  };
  const step = <Args extends unknown[], Return>(
    name: string,
    work: (...args: Args) => Promise<Return>,
  ): ((...args: Args) => Promise<Return>) => shop.registerTransaction(work, { name });

  const reserve = step('reserve', async (id: string, offerId: string, quantity: number) => {
    if ((await run(statements.reserve, [id, offerId, quantity])) === 0) throw new Error('Sold out.');
  });
  const release = step('release', async (id: string) => {
    await run(statements.release, [id]);
  });
  const charge = step('charge', async (id: string, amount: number, declined: boolean) => {
    await run(statements.charge, [id, amount, declined ? 'DECLINED' : 'CHARGED']);
    return !declined;
  });
  const confirm = step('confirm', async (id: string) => {
    await run(statements.confirm, [id]);
  });
  const issueTokens = step('tokens', async (id: string, tokens: Checkout['tokens']) => {
    await run(statements.issueTokens, [
      id,
      tokens.map((token) => token.id),
      tokens.map((token) => token.code),
    ]);
  });
  const countPurchase = step('count', async (buyerId: string, quantity: number, amount: number) => {
    await run(statements.countPurchase, [buyerId, quantity, amount]);
  });

  const buy = DBOS.registerWorkflow(
    async ({ id, buyerId, offerId, quantity, amount, declined, tokens }: Checkout): Promise<Ending> => {
      await reserve(id, offerId, quantity);
      if (!(await charge(id, amount, declined))) {
        await release(id);
        return 'failed';
      }
      await confirm(id);
      await issueTokens(id, tokens);
      await countPurchase(buyerId, quantity, amount);
      return 'completed';
    },
    { name: 'buy' },
  );

  DBOS.setConfig({
    name: 'bench',
    systemDatabaseUrl: databases.own,
    systemDatabasePoolSize: poolSize,
    logLevel: 'error',
  });
  await DBOS.launch();
  return {
    checkout: async (checkout) => {
      const handle = await DBOS.startWorkflow(buy, { workflowID: checkout.id })(checkout);
      return handle.getResult();
    },
    close: () => DBOS.shutdown(),
  };
}

/** A statement with $1, $2... as drizzle takes it. */
function bound(text: string, values: readonly unknown[]): ReturnType<typeof sql> {
  const parts = text.split(/\$(\d+)/);
  return sql.join(
    parts.map((part, index) =>
      index % 2 === 0 ? sql.raw(part) : sql`${sql.param(values[Number(part) - 1])}`,
    ),
  );
}
