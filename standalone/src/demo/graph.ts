/** User errors of a demo mutation. */
export class Refused extends Error {
  readonly codes: readonly string[];

  constructor(field: string, userErrors: readonly UserError[]) {
    super(`${field}: ${userErrors.map(({ code, message }) => `${code} ${message}`).join(' ')}`);
    this.name = 'Refused';
    this.codes = userErrors.map(({ code }) => code);
  }
}

interface UserError {
  code: string;
  message: string;
}

type Variables = Record<string, unknown>;

const timeoutMs = 15_000;

/** A minimal GraphQL client for the gateway of a running Souk. */
export class Graph {
  readonly #url: string;
  readonly #token: string | null;

  /** @param url the address of /graphql */
  constructor(url: string, token: string | null = null) {
    this.#url = url;
    this.#token = token;
  }

  /** A client for the same gateway with this access token. */
  as(token: string): Graph {
    return new Graph(this.#url, token);
  }

  /** The same caller at another URL. */
  at(url: string): Graph {
    return new Graph(url, this.#token);
  }

  /** Executes an operation. @throws on top-level errors */
  async execute<Data>(document: string, variables: Variables = {}): Promise<Data> {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.#token === null ? {} : { authorization: `Bearer ${this.#token}` }),
      },
      body: JSON.stringify({ query: document, variables }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = (await response.json()) as { data?: Data | null; errors?: { message: string }[] };
    if (answer.errors?.length || !answer.data) {
      throw new Error(
        (answer.errors ?? [{ message: `HTTP ${response.status}` }]).map(({ message }) => message).join(' '),
      );
    }
    return answer.data;
  }

  /** Executes a document with one mutation. Returns its payload. @throws Refused on user errors */
  async change<Payload extends object>(document: string, variables: Variables = {}): Promise<Payload> {
    const data = await this.execute<Record<string, Payload & { userErrors: UserError[] }>>(
      document,
      variables,
    );
    const [field, payload] = Object.entries(data)[0] ?? [];
    if (field === undefined || payload === undefined) throw new Error('The mutation returned no payload.');
    if (payload.userErrors.length > 0) throw new Refused(field, payload.userErrors);
    return payload;
  }
}
