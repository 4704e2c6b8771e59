import { registeredPassword, TestClient } from '@souk/testing/test-client';
import { stockGoods, stockLicences } from '../support/shop.js';
import type { TestOffer } from '../support/shop.js';
import type { AccessPeople } from './access-people.js';
import { registerPartner } from './access-people.js';
import type { TestOrder } from './test-order.js';
import { readOrder, startCheckout } from './test-order.js';

/** A cart with one line. */
export interface TestCart {
  cartId: string;
  itemId: string;
}

const address = {
  recipient: 'Ada',
  line1: '1 Test Street',
  city: 'Lisbon',
  postalCode: '1000',
  countryCode: 'PT',
};

/** The input of a valid address. */
export const validAddress = address;

/** Creates the objects that calls name, each when it is first needed. The owner buys what the seller sells. */
export class AccessObjects {
  readonly people: AccessPeople;
  /** The objects that all calls share; may be these. */
  readonly shared: AccessObjects;
  readonly #made = new Map<string, Promise<unknown>>();

  /** @param shared where offers come from: new orders need no new listings */
  constructor(people: AccessPeople, shared: AccessObjects | null = null) {
    this.people = people;
    this.shared = shared ?? this;
  }

  /** The owner's TypeID. */
  async ownerId(): Promise<string> {
    return (await this.people.client('owner')).userId ?? '';
  }

  /** The TypeID of the seller's partner. */
  async partnerId(): Promise<string> {
    return (await this.people.get('partner')).partnerId;
  }

  /** The seller's licences: nothing to ship. */
  offer(): Promise<TestOffer> {
    return this.shared.once('offer', async () => stockLicences(await this.#seller(), null));
  }

  /** The seller's goods, which are shipped. */
  goods(): Promise<TestOffer> {
    return this.shared.once('goods', async () => stockGoods(await this.#seller(), null));
  }

  /** A paid order of licences, which has completed. */
  order(): Promise<TestOrder> {
    return this.once('order', async () => {
      const client = await this.people.client('owner');
      const { offerId } = await this.offer();
      const checkoutId = await client.buy([{ offerId }]);
      await client.untilStatus(checkoutId, 'COMPLETED');
      return readOrder(client, checkoutId);
    });
  }

  /** A token of the owner that is offered to the administrator. */
  offeredToken(): Promise<{ tokenId: string; code: string }> {
    return this.once('offered token', async () => {
      const { code } = await this.order();
      const toEmail = (await this.people.client('administrator')).email ?? '';
      const owner = await this.people.client('owner');
      const { token } = (await owner.mutate(
        `mutation ($code: String!, $toEmail: String!) { offerTokenTransfer(code: $code, toEmail: $toEmail) {
          token { id } userErrors { code message } } }`,
        { code, toEmail },
      )) as { token: { id: string } };
      return { tokenId: token.id, code };
    });
  }

  /** A paid order of goods, which waits to be prepared. */
  shipment(): Promise<TestOrder> {
    return this.once('shipment', async () => {
      const client = await this.people.client('owner');
      const { offerId } = await this.goods();
      const checkoutId = await startCheckout(client, offerId, 'CREDIT_CARD', {
        paymentMethodToken: 'pm_card_visa',
        shippingAddressId: await this.address(),
      });
      await client.untilStatus(checkoutId, 'COMPLETED');
      return readOrder(client, checkoutId);
    });
  }

  /** An order that waits for its money. */
  unpaid(method: 'CREDIT_CARD' | 'BANK_TRANSFER'): Promise<TestOrder> {
    return this.once(`unpaid ${method}`, async () => {
      const client = await this.people.client('owner');
      const checkoutId = await startCheckout(client, (await this.offer()).offerId, method);
      await client.untilStatus(checkoutId, 'AWAITING_PAYMENT');
      return readOrder(client, checkoutId);
    });
  }

  /** The owner's cart, whose checkout waits for its money. */
  lockedCart(): Promise<TestCart & { checkoutId: string }> {
    return this.once('locked cart', async () => {
      const cart = await this.cart();
      const client = await this.people.client('owner');
      const checkoutId = await client.checkout({
        cartId: cart.cartId,
        payment: { method: 'BANK_TRANSFER' },
      });
      return { ...cart, checkoutId };
    });
  }

  /** The owner's cart. */
  cart(): Promise<TestCart> {
    return this.once('cart', async () => this.#filledCart(await this.people.client('owner')));
  }

  /** A guest's cart: its id is its secret. */
  guestCart(): Promise<TestCart> {
    return this.once('guest cart', async () => this.#filledCart(await this.people.client('anonymous')));
  }

  /** The TypeID of an address of the owner. */
  address(): Promise<string> {
    return this.once('address', async () => {
      const { address: added } = (await (
        await this.people.client('owner')
      ).mutate(
        'mutation ($input: AddressInput!) { addAddress(input: $input) { address { id } userErrors { code message } } }',
        { input: address },
      )) as { address: { id: string } };
      return added.id;
    });
  }

  /** Another session of the owner. */
  session(): Promise<{ id: string; refreshToken: string }> {
    return this.once('session', async () => {
      const { url, email } = await this.people.client('owner');
      const other = await new TestClient(url).login(email ?? '', registeredPassword);
      const { me } = (await other.run('{ me { sessions { id current } } }')) as {
        me: { sessions: { id: string; current: boolean }[] };
      };
      const current = me.sessions.find((session) => session.current);
      return { id: current?.id ?? '', refreshToken: other.refreshToken ?? '' };
    });
  }

  /** The TypeID of a user who is no caller. */
  user(): Promise<string> {
    return this.once('user', async () => (await this.people.newUser()).userId ?? '');
  }

  /** The TypeID of a suspended user. */
  suspendedUser(): Promise<string> {
    return this.once('suspended user', async () => {
      const id = await this.user();
      await this.#asAdministrator('suspendUser(userId: $id, reason: "A test.")', id);
      return id;
    });
  }

  /** The TypeID of a partner that waits for its verification. */
  pendingPartner(): Promise<string> {
    return this.once('pending partner', async () =>
      registerPartner(await this.people.newUser(), `Pending ${crypto.randomUUID().slice(0, 8)}`),
    );
  }

  /** The TypeID of the owner's partner, which waits for its verification: only they and administrators see it. */
  ownersPartner(): Promise<string> {
    return this.once('partner of the owner', async () =>
      registerPartner(await this.people.client('owner'), `Pending ${crypto.randomUUID().slice(0, 8)}`),
    );
  }

  /** The TypeID of a verified partner that is no caller's. */
  verifiedPartner(): Promise<string> {
    return this.once('verified partner', async () => {
      const id = await this.pendingPartner();
      await this.#asAdministrator('verifyPartner(id: $id)', id);
      return id;
    });
  }

  /** Fills what may be null in the owner's profile. Returns the owner's TypeID. */
  profile(): Promise<string> {
    return this.once('profile', async () => {
      await (
        await this.people.client('owner')
      ).mutate(
        'mutation ($input: ProfileInput!) { updateProfile(input: $input) { userErrors { code message } } }',
        { input: { phone: '+351 21 000 0000', preferences: { theme: 'dark' } } },
      );
      return this.ownerId();
    });
  }

  /** Refunds a part of an order. Returns its payment's TypeID. */
  refund(): Promise<string> {
    return this.once('refund', async () => {
      const { paymentId } = await this.order();
      const input = {
        paymentId,
        amount: { amount: 1, currency: 'EUR' },
        reason: 'A test.',
        idempotencyKey: crypto.randomUUID(),
      };
      const administrator = await this.people.client('administrator');
      await administrator.mutate(
        'mutation ($input: RefundInput!) { refundPayment(input: $input) { userErrors { code message } } }',
        { input },
      );
      return paymentId;
    });
  }

  async #filledCart(client: TestClient): Promise<TestCart> {
    const { offerId } = await this.offer();
    const { cart } = (await client.mutate(
      `mutation ($item: CartItemInput!) { addToCart(item: $item) {
        cart { id items { id } } userErrors { code message } } }`,
      { item: { offerId } },
    )) as { cart: { id: string; items: { id: string }[] } };
    return { cartId: cart.id, itemId: cart.items[0]?.id ?? '' };
  }

  async #asAdministrator(call: string, id: string): Promise<void> {
    const administrator = await this.people.client('administrator');
    await administrator.mutate(`mutation ($id: ID!) { ${call} { userErrors { code message } } }`, { id });
  }

  #seller(): Promise<TestClient> {
    return this.people.client('partner');
  }

  /** Creates a value when it is first needed. */
  once<Value>(key: string, create: () => Promise<Value>): Promise<Value> {
    let made = this.#made.get(key) as Promise<Value> | undefined;
    if (!made) this.#made.set(key, (made = create()));
    return made;
  }
}
