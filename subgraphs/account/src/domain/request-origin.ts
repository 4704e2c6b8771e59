/** The time of a request and its client. */
export interface RequestOrigin {
  /** The client's address; null if unknown. */
  address: string | null;
  /** The User-Agent header; null without one. */
  userAgent: string | null;
  now: Date;
}
