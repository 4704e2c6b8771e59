import type { SoukResponse } from '@souk/client/souk-client';
import { TestClient } from '@souk/testing/test-client';

/** Counts events by name. */
export class Tally {
  readonly #counts = new Map<string, number>();

  add(name: string, count = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + count);
  }

  of(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  /** By name. */
  entries(): [string, number][] {
    return [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

const patienceMs = 120_000;
const firstPauseMs = 100;
const longestPauseMs = 1_500;
/** Temporary errors: the request is retried. */
const passing = new Set(['SERVICE_UNAVAILABLE', 'TIMEOUT', 'INTERNAL_SERVER_ERROR', 'RATE_LIMITED']);

/** A buyer with one cart who retries until a response arrives. */
export class Buyer {
  readonly #client: TestClient;
  readonly #tally: Tally;
  /** The end of what is at work with the cart. */
  #cart: Promise<unknown> = Promise.resolve();

  private constructor(client: TestClient, tally: Tally) {
    this.#client = client;
    this.#tally = tally;
  }

  /** Registers somebody new. */
  static async register(url: string, tally: Tally): Promise<Buyer> {
    return new Buyer(await new TestClient(url).register('chaos'), tally);
  }

  /** The administrator, or whoever is signed in, with the same patience. */
  static of(client: TestClient, tally: Tally): Buyer {
    return new Buyer(client, tally);
  }

  /** Does the work alone with the cart: a cart has one checkout at a time. */
  async withCart<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#cart.then(work);
    this.#cart = done.catch(() => undefined);
    return done;
  }

  /**
   * Runs an operation, again and again while it fails in passing: so it must bear to be repeated. `onRepeat` is called
   * before each repeat: an earlier try may have been done, though its answer was lost.
   * @throws where it fails in another way, or for two minutes
   */
  async execute(
    query: string,
    variables: Record<string, unknown>,
    onRepeat: () => void = () => undefined,
  ): Promise<unknown> {
    const deadline = Date.now() + patienceMs;
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      const { data, trouble } = await this.#try(query, variables);
      if (trouble === null) return data;
      this.#tally.add(trouble);
      if (Date.now() > deadline) throw new Error(`No response within ${patienceMs} ms: ${trouble}.`);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      if (trouble === 'UNAUTHENTICATED') await this.#signInAgain();
      onRepeat();
    }
  }

  async #try(
    query: string,
    variables: Record<string, unknown>,
  ): Promise<{ data: unknown; trouble: string | null }> {
    let answer: SoukResponse<unknown>;
    try {
      answer = await this.#client.send(query, variables);
    } catch (error) {
      return { data: null, trouble: `no answer: ${nameOf(error)}` };
    }
    const { data, errors } = answer;
    if (!errors) return { data, trouble: null };
    const codes = errors.map(({ extensions }) => extensions.code);
    const code = codes.find((one) => !passing.has(one)) ?? codes[0] ?? 'no code';
    if (passing.has(code) || code === 'UNAUTHENTICATED') return { data: null, trouble: code };
    throw new Error(`The operation failed: ${JSON.stringify(errors)}`);
  }

  async #signInAgain(): Promise<void> {
    try {
      await this.#client.signIn();
    } catch {
      // Account may be down; the request is retried.
    }
  }
}

/** A word for what `fetch` threw. Its errors are of another realm than the test's: no instanceof. */
function nameOf(thrown: unknown): string {
  const { name, cause } = thrown as { name?: string; cause?: { code?: string } };
  return cause?.code ?? name ?? 'unknown';
}
