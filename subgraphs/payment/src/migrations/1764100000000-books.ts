import type { MigrationInterface, QueryRunner } from 'typeorm';

function earlierRefunds(status: string): string {
  return `SELECT r.payment_id, r.id AS refund_id, r.amount, p.currency, coalesce(r.completed_at, r.created_at) AS at
    FROM refund r JOIN payment p ON p.id = r.payment_id WHERE r.status ${status}`;
}

/** Statements that post each row of `facts`: the account `receives` is debited, `gives` is credited. */
function bookEarlier(kind: string, facts: string, receives: string, gives: string): string[] {
  const fact = kind === 'SALE' ? 't.payment_id = f.payment_id' : 't.refund_id = f.refund_id';
  return [
    `INSERT INTO ledger_transaction (id, at, kind, payment_id, refund_id)
      SELECT gen_random_uuid(), f.at, '${kind}', f.payment_id, f.refund_id FROM (${facts}) f`,
    `INSERT INTO ledger_entry (id, transaction_id, at, kind, account, amount, currency, payment_id, refund_id)
      SELECT gen_random_uuid(), t.id, t.at, t.kind, side.account, side.sign * f.amount, f.currency, t.payment_id, t.refund_id
      FROM (${facts}) f JOIN ledger_transaction t ON t.kind = '${kind}' AND ${fact}
      CROSS JOIN (VALUES ('${receives}', 1), ('${gives}', -1)) AS side (account, sign)`,
  ];
}

const up = [
  // Sellers' shares of a payment; partner_id is null for the platform's own sales.
  `CREATE TABLE payment_share (
    payment_id uuid NOT NULL,
    position int NOT NULL,
    partner_id uuid,
    gross bigint NOT NULL,
    commission bigint NOT NULL,
    commission_basis_points int NOT NULL,
    CONSTRAINT payment_share_pkey PRIMARY KEY (payment_id, position),
    CONSTRAINT payment_share_payment FOREIGN KEY (payment_id) REFERENCES payment (id),
    CONSTRAINT payment_share_commission CHECK (commission BETWEEN 0 AND gross)
  )`,

  'ALTER TABLE refund ADD COLUMN failure_reason text',
  // For payments whose last refund failed, which an administrator has to handle.
  "CREATE INDEX refund_failed ON refund (payment_id, id) WHERE status = 'FAILED'",
  // For the reconciliation of payments that the provider's list does not contain.
  `CREATE INDEX payment_paid_looked_at ON payment (succeeded_at, id)
    WHERE provider = 'stripe' AND succeeded_at IS NOT NULL AND amount > 0`,

  `CREATE TABLE dispute (
    id uuid NOT NULL,
    payment_id uuid NOT NULL,
    provider_dispute_id text NOT NULL,
    amount bigint NOT NULL,
    reason text NOT NULL,
    status text NOT NULL,
    withheld bigint NOT NULL,
    evidence_due_by timestamptz,
    created_at timestamptz NOT NULL,
    CONSTRAINT dispute_pkey PRIMARY KEY (id),
    CONSTRAINT dispute_payment FOREIGN KEY (payment_id) REFERENCES payment (id),
    CONSTRAINT dispute_provider_dispute_id UNIQUE (provider_dispute_id),
    CONSTRAINT dispute_amount CHECK (amount > 0 AND withheld IN (0, amount))
  )`,
  'CREATE INDEX dispute_payment_id_id ON dispute (payment_id, id)',

  // Projection of account's partners: their user and their commission.
  `CREATE TABLE partner (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    status text NOT NULL,
    commission_basis_points int,
    at timestamptz NOT NULL,
    CONSTRAINT partner_pkey PRIMARY KEY (id),
    CONSTRAINT partner_commission CHECK (commission_basis_points BETWEEN 0 AND 10000)
  )`,

  `CREATE TABLE ledger_transaction (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    kind text NOT NULL,
    payment_id uuid,
    refund_id uuid,
    dispute_id uuid,
    reference text,
    CONSTRAINT ledger_transaction_pkey PRIMARY KEY (id),
    CONSTRAINT ledger_transaction_payment FOREIGN KEY (payment_id) REFERENCES payment (id),
    CONSTRAINT ledger_transaction_refund FOREIGN KEY (refund_id) REFERENCES refund (id),
    CONSTRAINT ledger_transaction_dispute FOREIGN KEY (dispute_id) REFERENCES dispute (id),
    CONSTRAINT ledger_transaction_kind CHECK (kind IN ('SALE', 'REFUND', 'REFUND_SENT', 'REFUND_REVERSED',
      'DISPUTE', 'DISPUTE_REVERSED', 'PAYOUT'))
  )`,
  // Each sale is booked once, and each refund is booked, sent and reversed at most once.
  "CREATE UNIQUE INDEX ledger_transaction_sale ON ledger_transaction (payment_id) WHERE kind = 'SALE'",
  'CREATE UNIQUE INDEX ledger_transaction_refund_kind ON ledger_transaction (refund_id, kind) WHERE refund_id IS NOT NULL',
  'CREATE UNIQUE INDEX ledger_transaction_dispute_kind ON ledger_transaction (dispute_id, kind) WHERE dispute_id IS NOT NULL',

  `CREATE TABLE ledger_entry (
    id uuid NOT NULL,
    transaction_id uuid NOT NULL,
    at timestamptz NOT NULL,
    kind text NOT NULL,
    account text NOT NULL,
    partner_id uuid,
    amount bigint NOT NULL,
    currency text NOT NULL,
    payment_id uuid,
    refund_id uuid,
    dispute_id uuid,
    CONSTRAINT ledger_entry_pkey PRIMARY KEY (id),
    CONSTRAINT ledger_entry_transaction FOREIGN KEY (transaction_id) REFERENCES ledger_transaction (id),
    CONSTRAINT ledger_entry_amount CHECK (amount <> 0),
    CONSTRAINT ledger_entry_currency CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT ledger_entry_account CHECK (account IN ('provider_clearing', 'bank', 'platform_revenue',
      'partner_payable', 'customer_funds', 'refunds', 'suspense')),
    CONSTRAINT ledger_entry_partner CHECK (account <> 'partner_payable' OR partner_id IS NOT NULL)
  )`,
  'CREATE INDEX ledger_entry_transaction_id ON ledger_entry (transaction_id)',
  'CREATE INDEX ledger_entry_payment_id ON ledger_entry (payment_id) WHERE payment_id IS NOT NULL',
  // Statements: entries on a partner's account, newest first.
  "CREATE INDEX ledger_entry_statement ON ledger_entry (partner_id, id) WHERE account = 'partner_payable'",
  // Balances: sums by partner, from the index alone.
  `CREATE INDEX ledger_entry_balance ON ledger_entry (partner_id, currency) INCLUDE (account, kind, amount)
    WHERE partner_id IS NOT NULL`,
  `CREATE FUNCTION refuse_to_change_the_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
    END $$`,
  ...['ledger_transaction', 'ledger_entry'].map(
    (table) => `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_ledger()`,
  ),
  `CREATE FUNCTION refuse_unbalanced_ledger_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM ledger_entry WHERE transaction_id = NEW.transaction_id
                 GROUP BY currency HAVING sum(amount) <> 0) THEN
        RAISE EXCEPTION 'ledger transaction % does not add up to zero', NEW.transaction_id
          USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_transaction_balances';
      END IF;
      RETURN NULL;
    END $$`,
  // Checked at commit, when all entries of the transaction exist.
  `CREATE CONSTRAINT TRIGGER ledger_entry_balances AFTER INSERT ON ledger_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced_ledger_transaction()`,

  `CREATE TABLE reconciliation (
    id uuid NOT NULL,
    ran_at timestamptz NOT NULL,
    days int NOT NULL,
    balanced boolean NOT NULL,
    checked_payments int NOT NULL,
    CONSTRAINT reconciliation_pkey PRIMARY KEY (id)
  )`,
  'CREATE INDEX reconciliation_ran_at ON reconciliation (ran_at)',
  `CREATE TABLE reconciliation_difference (
    reconciliation_id uuid NOT NULL,
    position int NOT NULL,
    payment_id uuid,
    provider_payment_id text,
    kind text NOT NULL,
    message text NOT NULL,
    CONSTRAINT reconciliation_difference_pkey PRIMARY KEY (reconciliation_id, position),
    CONSTRAINT reconciliation_difference_run FOREIGN KEY (reconciliation_id) REFERENCES reconciliation (id)
      ON DELETE CASCADE
  )`,
  // One row: the lease of the running reconciliation and the requested days.
  `CREATE TABLE reconciliation_lease (
    id boolean NOT NULL DEFAULT true,
    until timestamptz NOT NULL,
    running boolean NOT NULL DEFAULT false,
    requested_days int,
    CONSTRAINT reconciliation_lease_pkey PRIMARY KEY (id),
    CONSTRAINT reconciliation_lease_single CHECK (id)
  )`,
  "INSERT INTO reconciliation_lease (until) VALUES ('epoch')",

  // Payments and refunds from before the ledger. Their sellers are unknown, so they are booked to the platform.
  `INSERT INTO payment_share (payment_id, position, gross, commission, commission_basis_points)
    SELECT id, 0, amount, 0, 0 FROM payment WHERE amount > 0`,
  ...bookEarlier(
    'SALE',
    `SELECT id AS payment_id, NULL::uuid AS refund_id, amount, currency, succeeded_at AS at
      FROM payment WHERE succeeded_at IS NOT NULL AND amount > 0`,
    'provider_clearing',
    'platform_revenue',
  ),
  ...bookEarlier('REFUND', earlierRefunds("IN ('PENDING', 'SUCCEEDED')"), 'platform_revenue', 'refunds'),
  ...bookEarlier('REFUND_SENT', earlierRefunds("= 'SUCCEEDED'"), 'refunds', 'provider_clearing'),
];

const down = [
  'DROP TABLE reconciliation_lease',
  'DROP TABLE reconciliation_difference',
  'DROP TABLE reconciliation',
  'DROP TABLE ledger_entry',
  'DROP TABLE ledger_transaction',
  'DROP FUNCTION refuse_unbalanced_ledger_transaction()',
  'DROP FUNCTION refuse_to_change_the_ledger()',
  'DROP TABLE partner',
  'DROP TABLE dispute',
  'DROP INDEX payment_paid_looked_at',
  'DROP INDEX refund_failed',
  'ALTER TABLE refund DROP COLUMN failure_reason',
  'DROP TABLE payment_share',
];

/** Creates the ledger, partners' shares, disputes, and stored reconciliations. */
export class Books1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
