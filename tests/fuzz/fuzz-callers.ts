import type { SoukConnection } from '@souk/testing/souk-connection';
import { registeredPassword } from '@souk/testing/test-client';
import type { TestClient } from '@souk/testing/test-client';
import type { AccessPeople } from '../access/access-people.js';
import type { Role } from '../access/access-row.js';
import type { FuzzCaller, FuzzRequest } from './fuzz-operation.js';
import type { FuzzResponse } from './response-problems.js';

const roleOf: Readonly<Record<FuzzCaller, Role>> = {
  anonymous: 'anonymous',
  user: 'owner',
  partner: 'partner',
  administrator: 'administrator',
};

/** Sends requests as the callers of the fuzz, who may lose their sessions or accounts by what they send. */
export class FuzzCallers {
  readonly #souk: SoukConnection;
  readonly #people: AccessPeople;
  readonly #newPeople: () => AccessPeople;
  readonly #clients = new Map<FuzzCaller, Promise<TestClient>>();

  constructor(souk: SoukConnection, people: AccessPeople, newPeople: () => AccessPeople) {
    this.#souk = souk;
    this.#people = people;
    this.#newPeople = newPeople;
  }

  /** Sends a request. A caller whose session has ended signs in again, or is replaced, and sends it once more. */
  async send(caller: FuzzCaller, request: FuzzRequest): Promise<FuzzResponse> {
    const client = this.#client(caller);
    const response = await sendAs(await client, request);
    const isOut = response.errors?.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED') ?? false;
    if (!isOut || caller === 'anonymous') return response;
    // Concurrent requests share the new client.
    if (this.#clients.get(caller) === client) this.#clients.set(caller, this.#renewed(caller, await client));
    return sendAs(await this.#client(caller), request);
  }

  #client(caller: FuzzCaller): Promise<TestClient> {
    let client = this.#clients.get(caller);
    if (!client) this.#clients.set(caller, (client = this.#people.client(roleOf[caller])));
    return client;
  }

  async #renewed(caller: FuzzCaller, client: TestClient): Promise<TestClient> {
    try {
      return await this.#souk.as({ email: client.email ?? '', password: registeredPassword });
    } catch {
      return this.#newPeople().client(roleOf[caller]);
    }
  }
}

async function sendAs(client: TestClient, { document, variables }: FuzzRequest): Promise<FuzzResponse> {
  return client.send<Record<string, unknown>>(document, variables);
}
