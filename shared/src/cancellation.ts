/** Ends the work of one request: the client has disconnected, or the time is over. */
export class Cancellation {
  // Created on demand: a stream that has begun ends by other means.
  #hooks: Set<(reason: Error) => void> | null = null;
  #reason: Error | null = null;

  /** Why it was cancelled, or null. */
  get reason(): Error | null {
    return this.#reason;
  }

  /** Cancels; only the first reason counts. */
  cancel(reason: Error): void {
    if (this.#reason) return;
    this.#reason = reason;
    const hooks = this.#hooks;
    this.#hooks = null;
    for (const hook of hooks ?? []) hook(reason);
  }

  /** Calls `hook` when it is cancelled. @returns removes the hook */
  onCancel(hook: (reason: Error) => void): () => void {
    if (this.#reason) {
      hook(this.#reason);
      return () => undefined;
    }
    const hooks = (this.#hooks ??= new Set());
    hooks.add(hook);
    return () => {
      hooks.delete(hook);
      if (hooks.size === 0 && this.#hooks === hooks) this.#hooks = null;
    };
  }
}

/** The client disconnected before the answer was sent. */
export class ClientGone extends Error {
  constructor() {
    super('The client has gone.');
    this.name = 'ClientGone';
  }
}
