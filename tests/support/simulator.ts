/** The fields of a PaymentIntent that tests read. */
export interface SimulatedIntent {
  id: string;
  status: string;
  amount_received: number;
  metadata: { payment?: string };
}

/** A refund in the API of the simulator. */
export interface SimulatedRefund {
  id: string;
  status: string;
  amount: number;
  payment_intent: string;
}

/** Money that moved, in minor units, by currency. */
export type SimulatedTotals = Record<string, { charged: number; refunded: number; net: number }>;

const timeoutMs = 10_000;
const pageSize = 100;

/** Client of the Stripe simulator's controls, and of its API to read its state. */
export class Simulator {
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Requests a fault. Returns false if the simulator is down. */
  fault(body: object): Promise<boolean> {
    return this.#control('/faults', body);
  }

  /** Confirms as the buyer on the provider's page. Returns false if the simulator is down; a decline returns true. */
  async confirm(intentId: string): Promise<boolean> {
    return this.#control(`/payment_intents/${intentId}/confirm`, { payment_method: 'pm_card_visa' });
  }

  /** Completes the 3-D Secure challenge as the buyer; otherwise like `confirm`. */
  async authenticate(intentId: string): Promise<boolean> {
    return this.#control(`/payment_intents/${intentId}/authenticate`, {});
  }

  /** Calls a control endpoint. @throws unless the status is 200 */
  async control(path: string, body: object): Promise<void> {
    const response = await fetch(`${this.#origin}/_simulator${path}`, {
      ...withJson(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status !== 200) throw new Error(`The simulator answered ${response.status} to ${path}.`);
  }

  /** Clears pending faults. Returns false if the simulator is down. */
  async clearFaults(): Promise<boolean> {
    return this.#send('/_simulator/faults', { method: 'DELETE' });
  }

  async totals(): Promise<SimulatedTotals> {
    const { totals } = (await this.#read('/_simulator/state?limit=1')) as { totals: SimulatedTotals };
    return totals;
  }

  /** All PaymentIntents, newest first. */
  intents(): Promise<SimulatedIntent[]> {
    return this.#list<SimulatedIntent>('/v1/payment_intents');
  }

  /** All refunds, newest first. */
  refunds(): Promise<SimulatedRefund[]> {
    return this.#list<SimulatedRefund>('/v1/refunds');
  }

  /** Calls Stripe's API. Returns the response. @throws on an error status */
  async call(path: string, parameters: Record<string, string>): Promise<unknown> {
    const response = await fetch(`${this.#origin}${path}`, {
      method: 'POST',
      headers: authorization,
      body: new URLSearchParams(parameters),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${path} was refused: ${JSON.stringify(answer)}`);
    return answer;
  }

  async #list<T extends { id: string }>(path: string): Promise<T[]> {
    const found: T[] = [];
    for (let more = true; more;) {
      const after = found.at(-1);
      const query = `limit=${pageSize}${after ? `&starting_after=${after.id}` : ''}`;
      const page = (await this.#read(`${path}?${query}`)) as { data: T[]; has_more: boolean };
      found.push(...page.data);
      more = page.has_more;
    }
    return found;
  }

  #control(path: string, body: object): Promise<boolean> {
    return this.#send(`/_simulator${path}`, withJson(body));
  }

  async #send(path: string, init: RequestInit): Promise<boolean> {
    try {
      const response = await fetch(`${this.#origin}${path}`, {
        ...init,
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      return response.status < 500;
    } catch {
      return false;
    }
  }

  async #read(path: string): Promise<unknown> {
    const response = await fetch(`${this.#origin}${path}`, {
      headers: authorization,
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(`The simulator answered ${response.status} to ${path}.`);
    return response.json();
  }
}

// The simulator accepts any key.
const authorization = { authorization: 'Bearer sk_test_look' };

function withJson(body: object): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}
