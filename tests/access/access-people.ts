import type { Scope } from '@souk/shared/auth/scopes';
import { scopesOf } from '@souk/shared/auth/scopes';
import type { SoukConnection } from '@souk/testing/souk-connection';
import { TestClient } from '@souk/testing/test-client';
import jwt from 'jsonwebtoken';
import { becomeSeller } from '../support/new-seller.js';
import type { Role } from './access-row.js';
import { roles } from './access-row.js';

/** A caller of the matrix. */
export interface AccessPerson {
  client: TestClient;
  /** TypeID of the person's partner; empty without one. */
  partnerId: string;
}

/** The Souk under test, and the key of its access tokens. */
export interface SoukWithKey {
  souk: SoukConnection;
  signingKey: string;
}

/** Creates the callers of the matrix when they are first needed. The administrator is not that of other suites. */
export class AccessPeople {
  readonly #souk: SoukWithKey;
  readonly #people: Map<string, Promise<AccessPerson>>;
  readonly #sellersMaySell: boolean;

  /** @param sellersMaySell waits until catalog knows the sellers, which takes up to five seconds */
  constructor(
    souk: SoukWithKey,
    { sellersMaySell = true } = {},
    people: ReadonlyMap<string, Promise<AccessPerson>> = new Map(),
  ) {
    this.#souk = souk;
    this.#sellersMaySell = sellersMaySell;
    this.#people = new Map(people);
  }

  /** The same callers, but for the owner: a new one has no cart and no open checkouts. */
  withNewOwner(): AccessPeople {
    const people = new Map(this.#people);
    people.delete('owner');
    return new AccessPeople(this.#souk, { sellersMaySell: this.#sellersMaySell }, people);
  }

  /** Creates all callers. */
  async createAll(): Promise<void> {
    await Promise.all([...(Object.keys(roles) as Role[]).map((role) => this.get(role)), this.holder([])]);
  }

  /** The caller with this role. */
  get(role: Role): Promise<AccessPerson> {
    return this.#once(role, () => this.#create(role));
  }

  /** The client of the caller with this role. */
  async client(role: Role): Promise<TestClient> {
    return (await this.get(role)).client;
  }

  /** A user with these scopes, which no role gives alone. */
  async holder(scopes: readonly Scope[]): Promise<AccessPerson> {
    const client = new TestClient(this.#souk.souk.url);
    const { client: user } = await this.#once('holder', () => this.#register('holder'));
    client.useToken(this.#tokenWith(user.accessToken ?? '', scopes));
    return { client, partnerId: '' };
  }

  /** A user with all scopes of administrators but these. */
  without(scopes: readonly Scope[]): Promise<AccessPerson> {
    return this.holder(scopesOf(['ADMIN']).filter((scope) => !scopes.includes(scope)));
  }

  /** A new user, who is nobody's caller. */
  async newUser(): Promise<TestClient> {
    return (await this.#register('somebody')).client;
  }

  #once(key: string, create: () => Promise<AccessPerson>): Promise<AccessPerson> {
    let person = this.#people.get(key);
    if (!person) this.#people.set(key, (person = create()));
    return person;
  }

  async #create(role: Role): Promise<AccessPerson> {
    if (role === 'anonymous') return { client: new TestClient(this.#souk.souk.url), partnerId: '' };
    const person = await this.#register(role);
    if (role === 'administrator') {
      await this.#root().mutate(
        'mutation ($id: ID!) { setUserRoles(userId: $id, roles: [USER, ADMIN]) { userErrors { code message } } }',
        { id: person.client.userId },
      );
      await person.client.signIn();
    }
    if (role === 'partner' || role === 'otherPartner') return this.#asSeller(person.client);
    return person;
  }

  async #asSeller(client: TestClient): Promise<AccessPerson> {
    const name = `Seller ${crypto.randomUUID().slice(0, 8)}`;
    if (this.#sellersMaySell)
      return { client, partnerId: await becomeSeller(client, this.#root(), { name }) };
    const partnerId = await registerPartner(client, name);
    await this.#root().mutate(
      'mutation ($id: ID!) { verifyPartner(id: $id) { userErrors { code message } } }',
      { id: partnerId },
    );
    await client.signIn();
    return { client, partnerId };
  }

  async #register(label: string): Promise<AccessPerson> {
    return { client: await this.#souk.souk.newBuyer(`access-${label}`), partnerId: '' };
  }

  #root(): TestClient {
    return this.#souk.souk.admin;
  }

  #tokenWith(token: string, scopes: readonly Scope[]): string {
    const decoded = jwt.decode(token, { complete: true });
    if (!decoded || typeof decoded.payload === 'string') throw new Error('The user has no access token.');
    return jwt.sign({ ...decoded.payload, scope: scopes.join(' ') }, this.#souk.signingKey, {
      algorithm: 'ES256',
      header: { alg: 'ES256', kid: decoded.header.kid },
    });
  }
}

/** Registers a partner of a user, who has none. Returns its TypeID. */
export async function registerPartner(client: TestClient, name: string): Promise<string> {
  const { partner } = (await client.mutate(
    'mutation ($input: PartnerInput!) { registerPartner(input: $input) { partner { id } userErrors { code message } } }',
    { input: { name } },
  )) as { partner: { id: string } };
  return partner.id;
}
