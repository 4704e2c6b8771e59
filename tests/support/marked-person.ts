/** Every text that the person writes has it; no stemmer or slug changes it. */
export const marker = 'qzxvbkw';

/** The client's address; a documentation address that nothing else uses. */
export const markedAddress = '203.0.113.177';

/** The digits of every phone number of the person. */
export const markedDigits = '15190807060';

/** Texts of the person's data, which are nowhere once the account is deleted. */
export const markedTexts = [marker, markedAddress, markedDigits];

/** A payload of a mutation. */
type Payload = Record<string, unknown> & { userErrors: { code: string; message: string }[] };

/**
 * A person whose data are unlike all others': each text has `marker`, each phone number the same digits, and each
 * request comes from one address and one user agent.
 */
export class MarkedPerson {
  readonly email = `${marker}.mail@example.com`;
  readonly password = 'correct horse battery';
  userId = '';
  #accessToken: string | null = null;
  readonly #url: string;

  /** @param url the gateway's address; it trusts one proxy */
  constructor(url: string) {
    this.#url = url;
  }

  /** Sends an operation. Returns the data. @throws for errors */
  async run(query: string, variables: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.#url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': `Browser ${marker}`,
        'x-forwarded-for': markedAddress,
        ...(this.#accessToken !== null && { authorization: `Bearer ${this.#accessToken}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as {
      data?: Record<string, unknown>;
      errors?: { extensions?: { code?: string } }[];
    };
    if (errors) throw new Error(JSON.stringify(errors));
    return data ?? {};
  }

  /** Sends a mutation of one field. Returns its payload, whose user errors are expected to be none. */
  async mutate(mutation: string, variables: Record<string, unknown> = {}): Promise<Payload> {
    const [payload] = Object.values(await this.run(mutation, variables)) as Payload[];
    if (!payload || payload.userErrors.length > 0) throw new Error(JSON.stringify(payload));
    return payload;
  }

  /** The codes of the user errors of a mutation. */
  async refusals(mutation: string, variables: Record<string, unknown> = {}): Promise<Payload['userErrors']> {
    const [payload] = Object.values(await this.run(mutation, variables)) as Payload[];
    return payload?.userErrors ?? [];
  }

  /** Makes the account. */
  async register(): Promise<void> {
    const payload = await this.mutate(
      'mutation ($input: RegisterInput!) { register(input: $input) { accessToken user { id } userErrors { code message } } }',
      {
        input: {
          email: this.email,
          password: this.password,
          firstName: `First ${marker}`,
          lastName: `Last ${marker}`,
        },
      },
    );
    this.#accessToken = payload['accessToken'] as string;
    this.userId = (payload['user'] as { id: string }).id;
  }

  /** Starts another session. */
  async signIn(): Promise<void> {
    const { email, password } = this;
    const payload = await this.mutate(
      'mutation ($email: EmailAddress!, $password: String!) { login(email: $email, password: $password) { accessToken userErrors { code message } } }',
      { email, password },
    );
    this.#accessToken = payload['accessToken'] as string;
  }
}
