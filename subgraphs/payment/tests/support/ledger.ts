import { until } from '../../../../tests/support/until.js';
import type { PaymentFixture } from './payment-fixture.js';

/** Balances of ledger accounts, e.g. { provider_clearing: -2500, 'partner_payable:<uuid>': 2250 }. */
export type Accounts = Record<string, number>;

/** Non-zero account balances of one payment. */
export async function accountsOf(fixture: PaymentFixture, sagaId: string): Promise<Accounts> {
  const rows: { account: string; partner: string | null; sum: string }[] =
    await fixture.services.database.reader.query(
      `SELECT account, CASE WHEN account = 'partner_payable' THEN partner_id END AS partner, sum(e.amount) AS sum
       FROM ledger_entry e JOIN payment p ON p.id = e.payment_id WHERE p.saga_id = $1
       GROUP BY 1, 2 HAVING sum(e.amount) <> 0`,
      [sagaId],
    );
  return Object.fromEntries(
    rows.map(({ account, partner, sum }) => [
      partner === null ? account : `${account}:${partner}`,
      Number(sum),
    ]),
  );
}

/** The kinds of a payment's ledger transactions, in order. */
export async function transactionsOf(fixture: PaymentFixture, sagaId: string): Promise<string[]> {
  const rows: { kind: string }[] = await fixture.services.database.reader.query(
    'SELECT t.kind FROM ledger_transaction t JOIN payment p ON p.id = t.payment_id WHERE p.saga_id = $1 ORDER BY t.id',
    [sagaId],
  );
  return rows.map(({ kind }) => kind);
}

/** Disables the fixture's scheduled reconciliations and waits for a running one. */
export async function disableReconciliation({ services }: PaymentFixture): Promise<void> {
  await until('the reconciliation lease', async () => {
    const [taken]: [object[], number] = await services.database.reader.query(
      `UPDATE reconciliation_lease SET until = now() + interval '1 day', running = true
       WHERE NOT running RETURNING until`,
    );
    return taken.length > 0;
  });
}

const refunding = /* GraphQL */ `
  mutation ($input: RefundInput!) {
    refundPayment(input: $input) {
      replayed
      refund {
        id
        status
        reason
        providerRefundId
        amount {
          amount
          currency
        }
        payment {
          status
          refunded {
            amount
          }
        }
      }
      userErrors {
        __typename
        code
        message
        field
        ... on RefundExceedsPaymentError {
          refundable {
            amount
            currency
            formatted
          }
        }
      }
    }
  }
`;

/** Payload of refundPayment. */
export interface RefundAnswer {
  replayed: boolean;
  refund: {
    id: string;
    status: string;
    reason: string;
    providerRefundId: string | null;
    amount: { amount: number; currency: string };
    payment: { status: string; refunded: { amount: number } };
  } | null;
  userErrors: {
    __typename: string;
    code: string;
    message: string;
    field: string[] | null;
    refundable?: { amount: number; currency: string; formatted: string };
  }[];
}

let keys = 0;

/** Refunds as an administrator; with a new idempotency key unless `input` has one. */
export async function refund(
  fixture: PaymentFixture,
  paymentId: string,
  input: { amount?: number | null; currency?: string; reason?: string; idempotencyKey?: string } = {},
  as = fixture.subgraph.user(['ADMIN']),
): Promise<RefundAnswer> {
  const {
    amount = null,
    currency = 'EUR',
    reason = 'A test.',
    idempotencyKey = `key-${(keys += 1)}`,
  } = input;
  const { data, errors } = await fixture.subgraph.run(
    refunding,
    {
      input: {
        paymentId,
        amount: amount === null ? null : { amount, currency },
        reason,
        idempotencyKey,
      },
    },
    as,
  );
  if (errors) throw new Error(errors.map(({ message }) => message).join(' '));
  return (data as unknown as { refundPayment: RefundAnswer }).refundPayment;
}
