/** JSON values: the details of a rejection, and message bodies. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

/** A rejection as data: in a queue message, in a saga's state, in a `userErrors` list. */
export interface RejectionData {
  /** A member of the subgraph's ErrorCode enum. */
  code: string;
  message: string;
  /** Path into the input, beginning with the argument's name; null where no single field is at fault. */
  field: string[] | null;
  /** The GraphQL type that carries the details; `InputError` carries none. */
  typename: string;
  /** The numbers a client needs, by the names of that type's fields. */
  details: Record<string, Json>;
}

/** Details of a rejection beside its code and message. */
export interface RejectionOptions {
  field?: readonly string[] | null;
  typename?: string;
  details?: Record<string, Json>;
}

/**
 * An expected rejection. In a resolver it becomes a user error; in a saga it starts the compensation. Any other error
 * is a fault: masked to clients, retried by the queue.
 */
export class Rejection extends Error {
  readonly code: string;
  readonly field: string[] | null;
  readonly typename: string;
  readonly details: Record<string, Json>;

  constructor(code: string, message: string, options: RejectionOptions = {}) {
    super(message);
    this.name = 'Rejection';
    this.code = code;
    this.field = options.field ? [...options.field] : null;
    this.typename = options.typename ?? 'InputError';
    this.details = options.details ?? {};
  }

  /** The rejection as data. */
  toData(): RejectionData {
    return {
      code: this.code,
      message: this.message,
      field: this.field,
      typename: this.typename,
      details: this.details,
    };
  }

  /** Creates a rejection from its data, e.g. out of a message. */
  static fromData(data: RejectionData): Rejection {
    return new Rejection(data.code, data.message, data);
  }
}

/** Several rejections, reported together. Holds at least one. */
export class Rejections extends Error {
  readonly all: readonly Rejection[];

  constructor(all: readonly Rejection[]) {
    super(all.map((rejection) => rejection.message).join(' '));
    this.name = 'Rejections';
    this.all = all;
  }

  /** Throws if there is any rejection: `Rejections.throwIfAny(found)` after all checks have run. */
  static throwIfAny(all: readonly Rejection[]): void {
    const [first, ...rest] = all;
    if (first && rest.length === 0) throw first;
    if (first) throw new Rejections(all);
  }
}

/** The rejections in a thrown value, or null when it is a fault. */
export function rejectionsOf(error: unknown): readonly Rejection[] | null {
  if (error instanceof Rejection) return [error];
  if (error instanceof Rejections) return error.all;
  return null;
}

/** A service that a request needs is unavailable for now. Clients see SERVICE_UNAVAILABLE. */
export class Unavailable extends Error {
  /** Seconds after which another try makes sense, where it is known. */
  readonly retryAfter: number | null;

  constructor(message: string, retryAfter: number | null = null) {
    super(message);
    this.name = 'Unavailable';
    this.retryAfter = retryAfter;
  }
}

/** Wraps a thrown value as an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** The message of anything thrown, for logs and fault reports. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
