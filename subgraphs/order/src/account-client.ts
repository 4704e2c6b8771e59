import { z } from 'zod';
import { CircuitBreaker } from '@souk/shared/async/circuit-breaker';
import { withRetries } from '@souk/shared/async/retry';
import { gatewaySecretHeader } from '@souk/shared/auth/gateway-secret';
import { Unavailable } from '@souk/shared/errors';
import { timeoutHeader } from '@souk/shared/graph/request-work';
import type { SubgraphExecutor } from '@souk/shared/graph/server';
import { fromApiId } from '@souk/shared/ids';
import type { Log } from '@souk/shared/log';
import type { AccountPort } from './domain/account-port.js';

const timeoutMs = 2_000;
const resetTimeoutMs = 3_000;
const unavailable = 'Users are unavailable at present. Try again.';

const query = 'query Recipient($email: EmailAddress!) { userByEmail(email: $email) { id } }';
const answer = z.object({ userByEmail: z.object({ id: z.string() }).nullable() });

/** Calls account with a timeout, one retry and a circuit breaker. Calls are anonymous. */
export class AccountClient implements AccountPort {
  readonly #breaker = new CircuitBreaker({
    name: 'account',
    openMessage: unavailable,
    minCalls: 5,
    timeoutMs,
    resetTimeoutMs,
  });
  readonly #execute: SubgraphExecutor;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #log: Log;

  constructor(execute: SubgraphExecutor, options: { gatewaySecret: string | null; log: Log }) {
    this.#execute = execute;
    this.#log = options.log;
    this.#headers = {
      [timeoutHeader]: String(timeoutMs),
      ...(options.gatewaySecret !== null && { [gatewaySecretHeader]: options.gatewaySecret }),
    };
  }

  async findUserByEmail(email: string, requestId: string | null): Promise<string | null> {
    const headers = { ...this.#headers, ...(requestId !== null && { 'x-request-id': requestId }) };
    const ask = async (): Promise<string | null> => {
      const { data, errors } = await this.#execute({ query, variables: { email }, headers });
      if (errors?.[0]) throw new Error(`Account response: ${errors[0].message}`);
      const { userByEmail } = answer.parse(data);
      return userByEmail && fromApiId('user', userByEmail.id);
    };
    try {
      return await withRetries(() => this.#breaker.call(ask), {
        retries: 1,
        isRetryable: () => !this.#breaker.isOpen,
      });
    } catch (error) {
      this.#log.warn({ err: error }, 'account does not answer');
      throw new Unavailable(unavailable, Math.ceil(resetTimeoutMs / 1_000));
    }
  }

  /** Stops the circuit breaker's timers. */
  close(): void {
    this.#breaker.close();
  }
}
