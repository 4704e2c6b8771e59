import { until } from './until';

/** A GraphQL error as a client receives it. */
export interface ClientError {
  message: string;
  path?: (string | number)[];
  extensions: { code: string; requestId: string; [key: string]: unknown };
}

/** A GraphQL response with its HTTP status. */
export interface Answer {
  status: number;
  data: unknown;
  errors: ClientError[] | undefined;
}

interface SignedIn {
  accessToken: string;
  refreshToken: string;
  user: { id: string };
}

/** Time to wait for a saga, long enough for a busy machine. */
export const sagaDeadlineMs = 90_000;

/** The password of all users created by `register`. */
export const newUsersPassword = 'correct horse battery';

/** A client of the public endpoint: anonymous at first, a user after `register` or `login`. */
export class Client {
  readonly url: string;
  accessToken: string | null = null;
  refreshToken: string | null = null;
  userId: string | null = null;
  /** The e-mail address of the login or registration. */
  email: string | null = null;
  #password: string | null = null;

  constructor(url: string) {
    this.url = url;
  }

  /** Executes an operation. Returns the whole response. */
  async send(query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.accessToken ? { authorization: `Bearer ${this.accessToken}` } : {}),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(30_000),
    });
    const { data, errors } = (await response.json()) as Omit<Answer, 'status'>;
    return { status: response.status, data, errors };
  }

  /** Executes an operation that must succeed. Returns its data. */
  async run(query: string, variables: Record<string, unknown> = {}): Promise<unknown> {
    const { data, errors } = await this.send(query, variables);
    if (errors) throw new Error(`The operation failed: ${JSON.stringify(errors)}`);
    return data;
  }

  /** Executes a mutation that must return no user errors. Returns its payload. */
  async do(query: string, variables: Record<string, unknown> = {}): Promise<unknown> {
    const data = (await this.run(query, variables)) as Record<string, { userErrors?: unknown[] }>;
    const [payload] = Object.values(data);
    if (payload?.userErrors?.length) throw new Error(`Refused: ${JSON.stringify(payload.userErrors)}`);
    return payload;
  }

  /** Logs in, by default with the demo password. */
  async login(email: string, password = 'souk-demo-2026'): Promise<this> {
    this.email = email;
    this.#password = password;
    // A request with an invalid token is refused whole, also one that requests a new token.
    this.accessToken = null;
    return this.#signedIn(
      (await this.do(
        `mutation ($email: EmailAddress!, $password: String!) {
          login(email: $email, password: $password) { accessToken refreshToken user { id } userErrors { code message } }
        }`,
        { email, password },
      )) as SignedIn,
    );
  }

  /** Logs in again; access tokens expire after 15 minutes. */
  async signInAgain(): Promise<this> {
    if (this.email === null || this.#password === null) throw new Error('Nobody has signed in.');
    return this.login(this.email, this.#password);
  }

  /** Registers a new user. */
  async register(label = 'buyer'): Promise<this> {
    const email = `${label}-${crypto.randomUUID()}@example.com`;
    this.email = email;
    this.#password = newUsersPassword;
    return this.#signedIn(
      (await this.do(
        `mutation ($input: RegisterInput!) {
          register(input: $input) { accessToken refreshToken user { id } userErrors { code message } }
        }`,
        { input: { email, password: newUsersPassword, firstName: 'Test', lastName: label } },
      )) as SignedIn,
    );
  }

  /** Adds units of an offer to the caller's cart. Returns the cart's id. */
  async addToCart(item: {
    offerId?: string;
    upc?: string;
    quantity?: number;
    seatIds?: string[];
  }): Promise<string> {
    const payload = (await this.do(
      `mutation ($item: CartItemInput!) { addToCart(item: $item) { cart { id } userErrors { code message field } } }`,
      { item },
    )) as { cart: { id: string } };
    return payload.cart.id;
  }

  /** Checks out the caller's cart. Returns the checkout's id. */
  async checkout(input: Record<string, unknown> = {}): Promise<string> {
    const payload = (await this.do(
      `mutation ($input: CheckoutInput!) { checkout(input: $input) { checkout { id } userErrors { code message field } } }`,
      {
        input: {
          idempotencyKey: crypto.randomUUID(),
          payment: { method: 'CREDIT_CARD', paymentMethodToken: 'pm_card_visa' },
          ...input,
        },
      },
    )) as { checkout: { id: string } };
    return payload.checkout.id;
  }

  /** Buys offers without a cart. Returns the checkout's id; the same one for the same key. */
  async buy(
    items: { offerId: string; quantity?: number; seatIds?: string[] }[],
    token = 'pm_card_visa',
    idempotencyKey: string = crypto.randomUUID(),
  ): Promise<string> {
    const payload = (await this.do(
      `mutation ($input: CreateOrderInput!) { createOrder(input: $input) { checkout { id } userErrors { code message field } } }`,
      {
        input: {
          items,
          idempotencyKey,
          payment: { method: 'CREDIT_CARD', paymentMethodToken: token },
        },
      },
    )) as { checkout: { id: string } };
    return payload.checkout.id;
  }

  /** Waits until the checkout has ended. Returns `checkoutFields`. */
  ended(checkoutId: string, deadlineMs = sagaDeadlineMs): Promise<CheckoutSeen> {
    return this.#awaited(checkoutId, ends, deadlineMs);
  }

  /** Waits until the checkout has a status. @throws where it ends with another one */
  async reaches(checkoutId: string, status: string): Promise<CheckoutSeen> {
    const seen = await this.#awaited(checkoutId, [status, ...ends], sagaDeadlineMs);
    if (seen.status !== status) throw new Error(`It was to be ${status}: ${JSON.stringify(seen)}`);
    return seen;
  }

  /** Reads the current checkout. */
  async checkoutSeen(checkoutId: string): Promise<CheckoutSeen> {
    const data = (await this.run(`query ($id: ID!) { checkout(id: $id) { ${checkoutFields} } }`, {
      id: checkoutId,
    })) as { checkout: CheckoutSeen };
    return data.checkout;
  }

  async #awaited(checkoutId: string, statuses: readonly string[], deadlineMs: number): Promise<CheckoutSeen> {
    try {
      await until(
        `checkout ${checkoutId} is ${statuses.join(' or ')}`,
        async () => statuses.includes(await this.#statusOf(checkoutId)),
        deadlineMs,
      );
    } catch (error) {
      const seen = await this.checkoutSeen(checkoutId);
      throw new Error(`${String(error)} It stands so: ${JSON.stringify(seen)}`, { cause: error });
    }
    return this.checkoutSeen(checkoutId);
  }

  async #statusOf(checkoutId: string): Promise<string> {
    const data = (await this.run('query ($id: ID!) { checkout(id: $id) { status } }', {
      id: checkoutId,
    })) as {
      checkout: { status: string };
    };
    return data.checkout.status;
  }

  #signedIn(payload: SignedIn): this {
    this.accessToken = payload.accessToken;
    this.refreshToken = payload.refreshToken;
    this.userId = payload.user.id;
    return this;
  }
}

const ends = ['COMPLETED', 'FAILED', 'NEEDS_ATTENTION'];

const checkoutFields = `
  id transactionId status currentStep expiresAt startedAt completedAt
  steps { name participant status attempts durationMs error }
  compensations { name participant status attempts durationMs }
  failure {
    __typename code message field
    ... on InsufficientStockError { offerId available }
    ... on SeatUnavailableError { seatIds }
    ... on MaxPerOrderError { offerId maximum held }
    ... on PriceChangedError { expected { amount currency } actual { amount currency } }
  }
  order {
    id number status paymentStatus total { amount currency formatted } cancelReason
    items { title quantity unitPrice { amount } total { amount } tokens { code } }
    tokens { id code kind status signedPayload qrCode purchasePrice { amount } seat { id } listing { title } }
    payment { id status amount { amount } refunded { amount } events { type source } }
  }`;

/** The fields of a checkout that the tests read. */
export interface CheckoutSeen {
  id: string;
  transactionId: string;
  status: string;
  currentStep: string | null;
  expiresAt: string | null;
  startedAt: string;
  completedAt: string | null;
  steps: {
    name: string;
    participant: string;
    status: string;
    attempts: number;
    durationMs: number | null;
    error: string | null;
  }[];
  compensations: { name: string; participant: string; status: string }[];
  failure: {
    __typename: string;
    code: string;
    message: string;
    field: string[] | null;
    [detail: string]: unknown;
  } | null;
  order: {
    id: string;
    number: string;
    status: string;
    paymentStatus: string;
    total: { amount: number; currency: string; formatted: string };
    items: {
      title: string;
      quantity: number;
      unitPrice: { amount: number };
      total: { amount: number };
      tokens: { code: string }[];
    }[];
    tokens: {
      id: string;
      code: string;
      kind: string;
      status: string;
      signedPayload: string;
      qrCode: string;
      purchasePrice: { amount: number };
      seat: { id: string } | null;
      listing: { title: string };
    }[];
    payment: {
      id: string;
      status: string;
      amount: { amount: number };
      refunded: { amount: number };
      events: { type: string; source: string }[];
    } | null;
  };
}
