import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Adds the retention of carts that are not main carts, and the limits per address. The columns are null for
 * main carts, so that their updates touch no index.
 */
export class PassingCarts1764800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The default serves processes of an older version that still run.
    await runner.query(`
      ALTER TABLE cart
        ADD COLUMN network text,
        ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN idle_since timestamptz DEFAULT now(),
        ADD COLUMN emptied_at timestamptz`);
    await runner.query(`
      UPDATE cart c SET idle_since = CASE WHEN is_main THEN NULL ELSE updated_at END,
        emptied_at = CASE WHEN is_main OR EXISTS (SELECT FROM cart_item i WHERE i.cart_id = c.id) THEN NULL
          ELSE updated_at END`);
    await runner.query('CREATE INDEX cart_idle_since ON cart (idle_since) WHERE idle_since IS NOT NULL');
    await runner.query('CREATE INDEX cart_emptied_at ON cart (emptied_at) WHERE emptied_at IS NOT NULL');
    await runner.query('CREATE INDEX cart_network ON cart (network, created_at) WHERE network IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE cart DROP COLUMN emptied_at, DROP COLUMN idle_since, DROP COLUMN created_at, DROP COLUMN network',
    );
  }
}
