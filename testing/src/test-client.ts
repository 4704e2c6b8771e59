import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { CheckoutInput } from '@souk/client/generated/operations';
import {
  AddToCartDocument,
  CheckoutDocument,
  LoginDocument,
  RegisterDocument,
} from '@souk/client/generated/operations';
import type { SignedInFragment } from '@souk/client/generated/operations';
import type { AnyVariables, Operation, Payload, SoukResponse, VariablesOf } from '@souk/client/souk-client';
import { granted, SoukClient } from '@souk/client/souk-client';
import { demoPassword } from '@souk/standalone/demo/people';
import { Kind, print } from 'graphql';
import type { CheckoutStateQuery, CreateOrderMutationVariables } from './generated/operations.js';
import {
  CheckoutStateDocument,
  CheckoutStatusDocument,
  CreateOrderDocument,
} from './generated/operations.js';
import type { RecordedStream } from './recorded-stream.js';
import type { ReceivedEvent, StreamTransport } from './subscription.js';
import { subscribe } from './subscription.js';
import { until } from './until.js';

/** E-mail address and password of a person. */
export interface Credentials {
  email: string;
  password: string;
}

/** A query, mutation or subscription: a text, or a typed document in either form of GraphQL Code Generator. */
export type TestOperation<Data, Variables> = Operation<Data, Variables> | TypedDocumentNode<Data, Variables>;

/** The payload of a mutation with one field. */
export type PayloadOf<Data> = Data[Exclude<keyof Data, '__typename'>];

/** A checkout with its steps and its order. */
export type CheckoutState = NonNullable<CheckoutStateQuery['checkout']>;

/** An item to buy. */
export type ItemToBuy = NonNullable<CreateOrderMutationVariables['input']['items']>[number];

/** The password of all people whom the test kit registers. */
export const registeredPassword = 'correct horse battery';

/** Time for a checkout to end, long enough for a busy machine. */
export const checkoutDeadlineMs = 90_000;

/** An access token is renewed this long before it expires. */
const renewalMs = 30_000;
const endedStatuses = ['COMPLETED', 'FAILED', 'NEEDS_ATTENTION'];

/**
 * A client of a Souk under test: anonymous, or a person who is signed in before the first request, and again before the
 * access token expires.
 */
export class TestClient extends SoukClient {
  #credentials: Credentials | null;
  #session: SignedInFragment | null = null;
  #signingIn: Promise<SignedInFragment> | null = null;
  #givenToken: { token: string | null } | null = null;

  constructor(url: string, credentials: Credentials | null = null) {
    // `this` does not exist before.
    let token: () => Promise<string | null> = () => Promise.resolve(null);
    super(url, () => token());
    this.#credentials = credentials;
    token = () => this.#token();
  }

  /** The e-mail address of the person; null while anonymous. */
  get email(): string | null {
    return this.#credentials?.email ?? null;
  }

  /** The person's id; null before the sign-in. */
  get userId(): string | null {
    return this.#session?.user?.id ?? null;
  }

  /** The access token of later requests; null before the sign-in. */
  get accessToken(): string | null {
    return this.#givenToken ? this.#givenToken.token : (this.#session?.accessToken ?? null);
  }

  /** The refresh token of the session; null before the sign-in. */
  get refreshToken(): string | null {
    return this.#session?.refreshToken ?? null;
  }

  /** Uses this token from now on, until the next sign-in; null: none. */
  override useToken(accessToken: string | null): void {
    this.#givenToken = { token: accessToken };
  }

  /** Starts a new session. @throws Refused if the credentials are wrong */
  async signIn(): Promise<this> {
    const credentials = this.#credentials;
    if (credentials === null)
      throw new Error('An anonymous client has no credentials: use login or register.');
    this.#givenToken = null;
    this.#session = await this.#startSession(credentials);
    return this;
  }

  /** Becomes this person. @throws Refused if the credentials are wrong */
  async login(email: string, password: string = demoPassword): Promise<this> {
    this.#credentials = { email, password };
    return this.signIn();
  }

  /** Registers a new person and becomes that person. */
  async register(label = 'buyer'): Promise<this> {
    const email = `${label}-${crypto.randomUUID()}@example.com`;
    const input = { email, password: registeredPassword, firstName: 'Test', lastName: label };
    const { register } = await new SoukClient(this.url).run(RegisterDocument, { input });
    this.#session = granted(register);
    this.#credentials = { email, password: registeredPassword };
    this.#givenToken = null;
    return this;
  }

  override send<Data = unknown, Variables = AnyVariables>(
    operation: TestOperation<Data, Variables>,
    ...variables: VariablesOf<Variables>
  ): Promise<SoukResponse<Data>> {
    return super.send<Data, Variables>(textOf(operation), ...variables);
  }

  override run(operation: string, variables?: AnyVariables): Promise<unknown>;
  override run<Data, Variables>(
    operation: TestOperation<Data, Variables>,
    ...variables: VariablesOf<Variables>
  ): Promise<Data>;
  override run(operation: TestOperation<unknown, AnyVariables>, variables?: AnyVariables): Promise<unknown> {
    return super.run(textOf(operation), variables);
  }

  override follow<Data = unknown, Variables = AnyVariables>(
    operation: TestOperation<Data, Variables>,
    ...variables: VariablesOf<Variables>
  ): AsyncGenerator<Data, void> {
    return super.follow<Data, Variables>(textOf(operation), ...variables);
  }

  /** Opens a subscription and records its events, also those with errors. */
  subscribe<Data = unknown, Variables = AnyVariables>(
    transport: StreamTransport,
    operation: TestOperation<Data, Variables>,
    ...[variables]: VariablesOf<Variables>
  ): RecordedStream<ReceivedEvent<Data>> {
    const caller = { url: this.url, accessToken: () => this.#token() };
    return subscribe<Data>(caller, transport, textOf(operation), { ...variables });
  }

  /** Executes a mutation with one field. Returns its payload. @throws Refused if it has user errors */
  mutate(mutation: string, variables?: AnyVariables): Promise<unknown>;
  mutate<Data, Variables>(
    mutation: TestOperation<Data, Variables>,
    ...variables: VariablesOf<Variables>
  ): Promise<PayloadOf<Data>>;
  async mutate(mutation: TestOperation<unknown, AnyVariables>, variables?: AnyVariables): Promise<unknown> {
    const data = (await this.run(mutation, variables)) as Record<string, Partial<Payload>>;
    const [payload] = Object.entries(data)
      .filter(([name]) => name !== '__typename')
      .map(([, value]) => value);
    if (payload?.userErrors) granted({ userErrors: payload.userErrors });
    return payload;
  }

  /** Adds units of an offer to the caller's cart. Returns the cart's id. @throws Refused */
  async addToCart(item: ItemToBuy): Promise<string> {
    const { cart } = await this.mutate(AddToCartDocument, { item });
    if (!cart) throw new Error('The response has no cart.');
    return cart.id;
  }

  /** Checks out the caller's cart, by default with a card that succeeds. Returns the checkout's id. @throws Refused */
  async checkout(input: Partial<CheckoutInput> = {}): Promise<string> {
    const { checkout } = await this.mutate(CheckoutDocument, {
      input: {
        idempotencyKey: crypto.randomUUID(),
        payment: { method: 'CREDIT_CARD', paymentMethodToken: 'pm_card_visa' },
        ...input,
      },
    });
    return idOf(checkout);
  }

  /** Buys items without a cart. Returns the checkout's id: the same one for the same key. @throws Refused */
  async buy(
    items: ItemToBuy[],
    card = 'pm_card_visa',
    idempotencyKey: string = crypto.randomUUID(),
  ): Promise<string> {
    const payment = { method: 'CREDIT_CARD', paymentMethodToken: card } as const;
    const { checkout } = await this.mutate(CreateOrderDocument, {
      input: { items, idempotencyKey, payment },
    });
    return idOf(checkout);
  }

  /** Waits until a checkout is COMPLETED, FAILED or NEEDS_ATTENTION. */
  untilEnded(checkoutId: string, deadlineMs: number = checkoutDeadlineMs): Promise<CheckoutState> {
    return this.#untilOneOf(checkoutId, endedStatuses, deadlineMs);
  }

  /** Waits until a checkout has a status. @throws if it ends with another one */
  async untilStatus(checkoutId: string, status: CheckoutState['status']): Promise<CheckoutState> {
    const state = await this.#untilOneOf(checkoutId, [status, ...endedStatuses], checkoutDeadlineMs);
    if (state.status !== status)
      throw new Error(`Checkout ${checkoutId} is not ${status}: ${JSON.stringify(state)}`);
    return state;
  }

  /** Reads a checkout. @throws if the caller may not see it */
  async readCheckout(checkoutId: string): Promise<CheckoutState> {
    const { checkout } = await this.run(CheckoutStateDocument, { id: checkoutId });
    if (!checkout) throw new Error(`Checkout ${checkoutId} is not visible to ${this.email ?? 'anonymous'}.`);
    return checkout;
  }

  async #untilOneOf(id: string, statuses: readonly string[], deadlineMs: number): Promise<CheckoutState> {
    const state = `checkout ${id} is ${statuses.join(' or ')}`;
    const isReached = async (): Promise<boolean> => {
      const { checkout } = await this.run(CheckoutStatusDocument, { id });
      return checkout !== null && statuses.includes(checkout.status);
    };
    await until(state, isReached, deadlineMs).catch(async (error: unknown) => {
      const now = await this.readCheckout(id);
      throw new Error(`${String(error)} It is now: ${JSON.stringify(now)}`, { cause: error });
    });
    return this.readCheckout(id);
  }

  async #token(): Promise<string | null> {
    if (this.#givenToken) return this.#givenToken.token;
    const credentials = this.#credentials;
    if (credentials === null) return null;
    if (!isFresh(this.#session)) {
      // Concurrent requests share one sign-in.
      this.#signingIn ??= this.#startSession(credentials).finally(() => (this.#signingIn = null));
      this.#session = await this.#signingIn;
    }
    return this.#session?.accessToken ?? null;
  }

  async #startSession({ email, password }: Credentials): Promise<SignedInFragment> {
    const { login } = await new SoukClient(this.url).run(LoginDocument, { email, password });
    granted(login);
    if (login.mfaChallenge !== null)
      throw new Error(`${email} has to confirm the sign-in with a second factor.`);
    return login;
  }
}

function isFresh(session: SignedInFragment | null): boolean {
  if (!session?.accessTokenExpiresAt) return false;
  return Date.parse(session.accessTokenExpiresAt) - Date.now() > renewalMs;
}

function idOf(checkout: { id: string } | null): string {
  if (!checkout) throw new Error('The response has no checkout.');
  return checkout.id;
}

function textOf<Data, Variables>(operation: TestOperation<Data, Variables>): string {
  if (typeof operation === 'string') return operation;
  return operation.kind === Kind.DOCUMENT ? print(operation) : operation.toString();
}
