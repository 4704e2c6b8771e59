const timeoutMs = 30_000;

/** A client of the gateway. */
export class Client {
  readonly #url: string;
  #accessToken: string | null = null;

  constructor(url: string) {
    this.#url = url;
  }

  /** The access token of the signed-in user. */
  get accessToken(): string {
    if (this.#accessToken === null) throw new Error('No user is signed in.');
    return this.#accessToken;
  }

  /** Executes an operation with one root field. Returns its payload. @throws on errors and user errors */
  async run<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.#accessToken !== null && { authorization: `Bearer ${this.#accessToken}` }),
      },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { data, errors } = (await response.json()) as {
      data?: Record<string, T & { userErrors?: unknown[] }>;
      errors?: unknown[];
    };
    if (!data || errors) throw new Error(`The operation failed: ${JSON.stringify(errors)}`);
    const [answer] = Object.values(data);
    if (answer === undefined) throw new Error('The operation returned no data.');
    if (answer.userErrors?.length) throw new Error(`Refused: ${JSON.stringify(answer.userErrors)}`);
    return answer;
  }

  /** Signs in. */
  async login(email: string, password: string): Promise<this> {
    const signedIn = await this.run<{ accessToken: string }>(
      `mutation ($email: EmailAddress!, $password: String!) {
        login(email: $email, password: $password) { accessToken userErrors { code message } }
      }`,
      { email, password },
    );
    this.#accessToken = signedIn.accessToken;
    return this;
  }

  /** Registers a new user. */
  async register(email: string): Promise<this> {
    const signedIn = await this.run<{ accessToken: string }>(
      `mutation ($input: RegisterInput!) {
        register(input: $input) { accessToken userErrors { code message } }
      }`,
      { input: { email, password: 'correct horse battery', firstName: 'Bench', lastName: 'Buyer' } },
    );
    this.#accessToken = signedIn.accessToken;
    return this;
  }
}
