import { z } from 'zod';
import type { SubgraphExecutor } from '@souk/shared/graph/server';
import { fromApiId, toApiId } from '@souk/shared/ids';
import type { Log } from '@souk/shared/log';
import type { AccountPort } from './domain/account-port.js';
import { SubgraphCaller } from './subgraph-caller.js';

const query = 'query Recipient($email: EmailAddress!) { userByEmail(email: $email) { id } }';
const answer = z.object({ userByEmail: z.object({ id: z.string() }).nullable() });

const nameQuery = 'query Holder($id: ID!) { user(id: $id) { displayName } }';
const nameAnswer = z.object({ user: z.object({ displayName: z.string() }).nullable() });

/** Asks account for users. */
export class AccountClient implements AccountPort {
  readonly #account: SubgraphCaller;

  constructor(execute: SubgraphExecutor, options: { gatewaySecret: string | null; log: Log }) {
    const account = { name: 'account', unavailable: 'Users are unavailable at present. Try again.' };
    this.#account = new SubgraphCaller(account, execute, options);
  }

  async findUserByEmail(email: string, requestId: string | null): Promise<string | null> {
    const source = { clientAddress: null, requestId };
    const { userByEmail } = await this.#account.ask({ query, variables: { email }, source }, answer);
    return userByEmail && fromApiId('user', userByEmail.id);
  }

  async findDisplayName(userId: string): Promise<string | null> {
    const variables = { id: toApiId('user', userId) };
    const { user } = await this.#account.ask({ query: nameQuery, variables, source: null }, nameAnswer);
    return user && user.displayName;
  }

  /** Stops the circuit breaker's timers. */
  close(): void {
    this.#account.close();
  }
}
