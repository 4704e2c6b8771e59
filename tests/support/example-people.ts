import type { Person } from '@souk/reference/examples';
import { Client, newUsersPassword } from './client';
import { admin } from './souk';

/** A person of the examples, with a client that sends operations as this person. */
export interface ExamplePerson {
  client: Client;
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
  readonly #url: string;
  readonly #people = new Map<Person, Promise<ExamplePerson>>();
  readonly #shared: Map<Person, Promise<ExamplePerson>>;

  /** @param shared people that all runs share: the administrator and the seller, who take longer to make */
  constructor(url: string, shared: Map<Person, Promise<ExamplePerson>>) {
    this.#url = url;
    this.#shared = shared;
  }

  get(person: Person): Promise<ExamplePerson> {
    const people = person === 'admin' || person === 'seller' ? this.#shared : this.#people;
    let found = people.get(person);
    if (!found) people.set(person, (found = this.#create(person)));
    return found;
  }

  async #create(person: Person): Promise<ExamplePerson> {
    const client = new Client(this.#url);
    if (person === 'anonymous') return { client, values: {} };
    if (person === 'admin') {
      await client.login(admin.email, admin.password);
      return personOf(client);
    }
    const email = `${person}-${crypto.randomUUID()}@example.com`;
    await client.do(
      'mutation ($input: RegisterInput!) { register(input: $input) { user { id } userErrors { code message } } }',
      { input: { email, password: newUsersPassword, ...names[person] } },
    );
    await client.login(email, newUsersPassword);
    if (person === 'seller') await this.#becomeSeller(client);
    return personOf(client);
  }

  async #becomeSeller(client: Client): Promise<void> {
    const name = `Dune Walks ${crypto.randomUUID().slice(0, 8)}`;
    const { partner } = (await client.do(
      'mutation ($input: PartnerInput!) { registerPartner(input: $input) { partner { id } userErrors { code message } } }',
      { input: { name, about: 'Walks with a guide along the coast.' } },
    )) as { partner: { id: string } };
    const { client: administrator } = await this.get('admin');
    await administrator.do(
      'mutation ($id: ID!) { verifyPartner(id: $id) { partner { id } userErrors { code message } } }',
      { id: partner.id },
    );
    // A token has the scopes at its issue.
    await client.signInAgain();
  }
}

function personOf(client: Client): ExamplePerson {
  return { client, values: { id: client.userId ?? '', email: client.email ?? '' } };
}
