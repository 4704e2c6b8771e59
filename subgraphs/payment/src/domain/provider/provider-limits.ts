/** Limits on calls to the card provider that buyers cause. */
export interface ProviderLimits {
  /** Declined cards of one buyer within an hour; 0: no limit. */
  declinesPerBuyer: number;
  /** Declined cards from one network address within an hour, of IPv6 a /64; 0: no limit. */
  declinesPerAddress: number;
  /** Minimum interval between two verifications of a payment at the provider, in milliseconds. */
  verifyIntervalMs: number;
}

export const defaultProviderLimits: ProviderLimits = {
  declinesPerBuyer: 20,
  declinesPerAddress: 50,
  verifyIntervalMs: 3_000,
};
