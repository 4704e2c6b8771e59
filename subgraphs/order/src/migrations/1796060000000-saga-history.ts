import type { MigrationInterface, QueryRunner } from 'typeorm';

const ended = "OLD.definition = 'checkout' AND OLD.status IN ('COMPLETED', 'FAILED')";

const up = [
  // Ended sagas. A child of saga: queries of saga read both, the engine's read ONLY saga.
  `CREATE TABLE saga_history (
    CONSTRAINT saga_history_pkey PRIMARY KEY (id),
    CONSTRAINT saga_history_transaction_id_key UNIQUE (transaction_id)
  ) INHERITS (saga)`,
  'CREATE INDEX saga_history_status ON saga_history (definition, status, id DESC)',
  'CREATE INDEX saga_history_order_id ON saga_history (order_id)',
  // A saga that moves to the history is not removed: its figures stay.
  'DROP TRIGGER saga_delete_figures ON saga',
  `CREATE TRIGGER saga_delete_figures AFTER DELETE ON saga FOR EACH ROW
    WHEN (${ended} AND current_setting('souk.moves_sagas', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION saga_figures()`,
  `CREATE FUNCTION saga_history_figures() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO checkout_delta (order_id, removed, day, bucket, step, code, checkouts)
      SELECT OLD.order_id, p.removed, f.day, f.bucket, f.step, f.code, p.sign
      FROM checkout_figures(OLD::saga_history::saga) AS f
        CROSS JOIN (VALUES (false, -1), (true, 1)) AS p (removed, sign);
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER saga_history_delete_figures AFTER DELETE ON saga_history FOR EACH ROW WHEN (${ended})
    EXECUTE FUNCTION saga_history_figures()`,
];

const down = [
  'DROP TRIGGER saga_delete_figures ON saga',
  'INSERT INTO saga SELECT * FROM saga_history',
  'DROP TABLE saga_history',
  'DROP FUNCTION saga_history_figures',
  `CREATE TRIGGER saga_delete_figures AFTER DELETE ON saga FOR EACH ROW WHEN (${ended})
    EXECUTE FUNCTION saga_figures()`,
];

/** Adds the history of ended sagas, so that the table that checkouts change stays small (decision 62). */
export class SagaHistory1796060000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
