/** Limits of uploads. */
export interface UploadLimits {
  /** Maximum size of a file in bytes. */
  maxBytes: number;
  /** Uploads that one user may begin within 24 hours. */
  perDay: number;
  /** Bytes that one user may upload within 24 hours; an upload counts as the largest until it has ended. */
  bytesPerDay: number;
}

/** Default limits. */
export const defaultUploadLimits: UploadLimits = {
  maxBytes: 10_000_000,
  perDay: 500,
  bytesPerDay: 1_000_000_000,
};
