import type { Person } from '@souk/reference/examples';
import type { SoukConnection } from '@souk/testing/souk-connection';
import { registeredPassword, TestClient } from '@souk/testing/test-client';
import { becomeSeller } from './new-seller.js';

/** A person of the examples, with a client that sends operations as this person. */
export interface ExamplePerson {
  client: TestClient;
  /** Values for placeholders such as `{buyer.id}`. */
  values: Readonly<Record<string, string>>;
}

const names: Readonly<Record<'buyer' | 'friend' | 'seller', { firstName: string; lastName: string }>> = {
  buyer: { firstName: 'Ada', lastName: 'Byron' },
  friend: { firstName: 'Grace', lastName: 'Brewster' },
  seller: { firstName: 'Mary', lastName: 'Grant' },
};

/** Creates the people of one run when they are first needed. Buyer and friend are new, so that runs do not meet. */
export class ExamplePeople {
  readonly #souk: SoukConnection;
  readonly #people = new Map<Person, Promise<ExamplePerson>>();
  readonly #shared: Map<Person, Promise<ExamplePerson>>;

  /** @param shared people that all runs share: the administrator and the seller, who take longer to make */
  constructor(souk: SoukConnection, shared: Map<Person, Promise<ExamplePerson>>) {
    this.#souk = souk;
    this.#shared = shared;
  }

  get(person: Person): Promise<ExamplePerson> {
    const people = person === 'admin' || person === 'seller' ? this.#shared : this.#people;
    let found = people.get(person);
    if (!found) people.set(person, (found = this.#create(person)));
    return found;
  }

  async #create(person: Person): Promise<ExamplePerson> {
    if (person === 'anonymous') return { client: this.#souk.anonymous, values: {} };
    if (person === 'admin') return personOf(await this.#souk.as('admin'));
    const client = new TestClient(this.#souk.url);
    const email = `${person}-${crypto.randomUUID()}@example.com`;
    await client.mutate(
      'mutation ($input: RegisterInput!) { register(input: $input) { user { id } userErrors { code message } } }',
      { input: { email, password: registeredPassword, ...names[person] } },
    );
    await client.login(email, registeredPassword);
    if (person === 'seller') await this.#becomeSeller(client);
    return personOf(client);
  }

  async #becomeSeller(client: TestClient): Promise<void> {
    const name = `Dune Walks ${crypto.randomUUID().slice(0, 8)}`;
    const { client: administrator } = await this.get('admin');
    await becomeSeller(client, administrator, { name, about: 'Walks with a guide along the coast.' });
  }
}

function personOf(client: TestClient): ExamplePerson {
  return { client, values: { id: client.userId ?? '', email: client.email ?? '' } };
}
