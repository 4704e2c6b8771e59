import type { Answer, Answers } from '../execution/answers.js';

type Step = IteratorResult<Answer, undefined>;

const finished: Step = { value: undefined, done: true };

/** The answers that a client is told, which can be ended with a last word whatever is waited for. */
export class ClientStream implements Answers {
  readonly #source: AsyncIterator<Answer>;
  #last: Answer | null = null;
  #hasEnded = false;
  #wake: ((step: Step) => void) | null = null;

  constructor(source: AsyncIterator<Answer>) {
    this.#source = source;
  }

  next(): Promise<Step> {
    if (this.#hasEnded) return Promise.resolve(this.#finish());
    return new Promise((resolve, reject) => {
      this.#wake = resolve;
      this.#source.next().then(
        (step) => {
          if (this.#hasEnded) return;
          this.#wake = null;
          resolve(step.done ? finished : step);
        },
        (error: unknown) => reject(error instanceof Error ? error : new Error(String(error))),
      );
    });
  }

  /** Ends it; `last` is still told. */
  end(last: Answer): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#last = last;
    if (this.#wake) this.#wake(this.#finish());
    void this.#source.return?.();
  }

  async return(): Promise<Step> {
    this.#hasEnded = true;
    this.#last = null;
    this.#wake?.(finished);
    await this.#source.return?.();
    return finished;
  }

  async throw(error: unknown): Promise<Step> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #finish(): Step {
    const last = this.#last;
    this.#last = null;
    return last ? { value: last, done: false } : finished;
  }
}
