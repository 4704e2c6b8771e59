import { Pool } from 'pg';
import type { PoolClient } from 'pg';
import type { Checkout, Ending } from './scenario.js';
import * as sql from './statements.js';
import type { Variant, VariantOptions } from './variant.js';

const poolSize = 20;

/** One hand-written transaction for each checkout, six prepared statements. All tables are in one database. */
export function openTransactions({ databases }: VariantOptions): Variant {
  const pool = new Pool({ connectionString: databases.participants.order, max: poolSize });
  return {
    checkout: async (checkout) => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const ending = await buy(client, checkout);
        await client.query('COMMIT');
        return ending;
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

async function buy(client: PoolClient, checkout: Checkout): Promise<Ending> {
  const { id, buyerId, offerId, quantity, amount, declined, tokens } = checkout;
  const run = (name: string, text: string, values: unknown[]) => client.query({ name, text, values });
  await run('place', sql.placeOrder, [id, buyerId, offerId, quantity, amount]);
  const { rowCount } = await run('reserve', sql.reserve, [id, offerId, quantity]);
  if (rowCount === 0) throw new Error('Sold out.');
  await run('charge', sql.charge, [id, amount, declined ? 'DECLINED' : 'CHARGED']);
  if (declined) {
    await run('release', sql.releaseAndEnd, [id]);
    return 'failed';
  }
  await run('confirm', sql.confirm, [id]);
  await run('tokens', sql.issueTokensAndEnd, [
    id,
    tokens.map((token) => token.id),
    tokens.map((token) => token.code),
  ]);
  await run('count', sql.countPurchase, [buyerId, quantity, amount]);
  return 'completed';
}

/** The same as one function in the database: one round trip. */
export function openFunctionCalls({ databases }: VariantOptions): Variant {
  const pool = new Pool({ connectionString: databases.participants.order, max: poolSize });
  return {
    checkout: async ({ id, buyerId, offerId, quantity, amount, declined, tokens }) => {
      const { rows } = await pool.query<{ completed: boolean }>({
        name: 'buy',
        text: 'SELECT buy($1, $2, $3, $4, $5, $6, $7, $8) AS completed',
        values: [
          id,
          buyerId,
          offerId,
          quantity,
          amount,
          declined,
          tokens.map((token) => token.id),
          tokens.map((token) => token.code),
        ],
      });
      return rows[0]?.completed ? 'completed' : 'failed';
    },
    close: () => pool.end(),
  };
}
