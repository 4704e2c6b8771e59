import type { Readable } from 'node:stream';

/** A stored file, being read. */
export interface StoredFile {
  /** Size in bytes. */
  size: number;
  body: Readable;
}

/**
 * Stores the files of pictures. Keys consist of lowercase letters, digits, `-`, `.` and `/`, and are never reused for
 * other content. Every call ends within a bounded time; a failure of the store is thrown as a fault.
 */
export interface MediaStore {
  /** Where it stores, for logs and the banner. */
  readonly location: string;
  /** Stores a file whole, or not at all. */
  put(key: string, content: Buffer, contentType: string): Promise<void>;
  /** Opens a file; null if there is none. */
  get(key: string): Promise<StoredFile | null>;
  /** Deletes a file; succeeds if there is none. */
  delete(key: string): Promise<void>;
}
