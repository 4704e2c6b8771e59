import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = [
  `CREATE TABLE payment (
    id uuid NOT NULL,
    saga_id uuid NOT NULL,
    step text NOT NULL,
    order_id uuid NOT NULL,
    order_number text NOT NULL,
    customer_id uuid NOT NULL,
    method text NOT NULL,
    provider text NOT NULL,
    reference text NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    return_url text,
    provider_payment_id text,
    confirm_attempts int NOT NULL,
    expires_at timestamptz NOT NULL,
    reverting_at timestamptz,
    looked_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    status text NOT NULL,
    refunded bigint NOT NULL,
    required_action text,
    failure_code text,
    failure_message text,
    failure_ref text,
    succeeded_at timestamptz,
    CONSTRAINT payment_pkey PRIMARY KEY (id),
    CONSTRAINT payment_saga_id UNIQUE (saga_id),
    CONSTRAINT payment_reference UNIQUE (reference),
    CONSTRAINT payment_provider_payment_id UNIQUE (provider_payment_id),
    CONSTRAINT payment_amount CHECK (amount >= 0 AND refunded >= 0),
    CONSTRAINT payment_currency CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT payment_method CHECK (method IN ('CREDIT_CARD', 'BANK_TRANSFER', 'E_WALLET', 'VIRTUAL_ACCOUNT')),
    CONSTRAINT payment_provider CHECK (provider IN ('stripe', 'manual')),
    CONSTRAINT payment_status CHECK (status IN ('PENDING', 'REQUIRES_ACTION', 'PROCESSING', 'SUCCEEDED', 'FAILED',
      'CANCELLED', 'EXPIRED', 'PARTIALLY_REFUNDED', 'REFUNDED', 'DISPUTED'))
  )`,
  'CREATE INDEX payment_order_id ON payment (order_id, id)',
  'CREATE INDEX payment_customer_id_id ON payment (customer_id, id)',
  'CREATE INDEX payment_status_id ON payment (status, id)',
  'CREATE INDEX payment_created_at ON payment (created_at)',
  // For the reconciler: waiting payments, the least recently synced first.
  `CREATE INDEX payment_looked_at ON payment (looked_at)
    WHERE status IN ('PENDING', 'REQUIRES_ACTION', 'PROCESSING') AND provider_payment_id IS NOT NULL`,

  `CREATE TABLE payment_event (
    id uuid NOT NULL,
    payment_id uuid NOT NULL,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL,
    type text NOT NULL,
    amount bigint,
    source text NOT NULL,
    provider_event_id text,
    code text,
    message text,
    provider_ref text,
    refund_id uuid,
    CONSTRAINT payment_event_pkey PRIMARY KEY (id),
    CONSTRAINT payment_event_payment FOREIGN KEY (payment_id) REFERENCES payment (id),
    CONSTRAINT payment_event_source CHECK (source IN ('buyer', 'saga', 'webhook', 'admin', 'reconciler'))
  )`,
  'CREATE INDEX payment_event_payment_id_seq ON payment_event (payment_id, seq)',
  `CREATE FUNCTION refuse_to_change_the_payment_log() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'payment_event is append-only: % is refused', TG_OP USING ERRCODE = 'restrict_violation';
    END $$`,
  `CREATE TRIGGER payment_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_payment_log()`,

  `CREATE TABLE refund (
    id uuid NOT NULL,
    payment_id uuid NOT NULL,
    purpose text NOT NULL,
    amount bigint NOT NULL,
    reason text NOT NULL,
    status text NOT NULL,
    provider_refund_id text,
    looked_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    completed_at timestamptz,
    CONSTRAINT refund_pkey PRIMARY KEY (id),
    CONSTRAINT refund_payment FOREIGN KEY (payment_id) REFERENCES payment (id),
    CONSTRAINT refund_payment_id_purpose UNIQUE (payment_id, purpose),
    CONSTRAINT refund_provider_refund_id UNIQUE (provider_refund_id),
    CONSTRAINT refund_amount CHECK (amount > 0),
    CONSTRAINT refund_status CHECK (status IN ('PENDING', 'SUCCEEDED', 'FAILED'))
  )`,
  "CREATE INDEX refund_looked_at ON refund (looked_at) WHERE status = 'PENDING'",

  `CREATE TABLE provider_event (
    id text NOT NULL,
    type text NOT NULL,
    object_id text,
    at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    CONSTRAINT provider_event_pkey PRIMARY KEY (id)
  )`,
];

const down = [
  'DROP TABLE provider_event',
  'DROP TABLE refund',
  'DROP TABLE payment_event',
  'DROP FUNCTION refuse_to_change_the_payment_log()',
  'DROP TABLE payment',
];

/** Creates payments, their log, their refunds, and provider events. */
export class Payment1763600400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
