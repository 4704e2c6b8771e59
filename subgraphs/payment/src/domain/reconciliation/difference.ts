/** Kind of a reconciliation difference, as stored and as the API shows it. */
export type DifferenceKind = 'charged_not_recorded' | 'recorded_not_charged' | 'amount' | 'refund' | 'ledger';

/** A difference between our records and the provider's, or inside our own records. */
export interface Difference {
  /** UUID; null if the provider's payment has no counterpart here. */
  paymentId: string | null;
  providerPaymentId: string | null;
  kind: DifferenceKind;
  message: string;
}
