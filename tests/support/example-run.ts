import type { Example } from '@souk/reference/examples';
import { exampleOf, placeholdersOf, totpPrefix } from '@souk/reference/examples';
import { RecordedStream } from '@souk/testing/recorded-stream';
import type { ReceivedEvent } from '@souk/testing/subscription';
import type { TestClient } from '@souk/testing/test-client';
import { createClient } from 'graphql-sse';
import type { ExamplePeople } from './example-people';
import { totpOf } from './totp';
import { until } from './until';

/** The variables that an example sent, and the response. */
export interface ExampleResult {
  variables: Record<string, unknown>;
  response: Record<string, unknown>;
}

type Values = Record<string, unknown>;

const deadlineMs = 90_000;

/** Runs one example with all examples that it needs, each once. */
export class ExampleRun {
  /** The value of `{unique}`. */
  readonly unique = crypto.randomUUID().slice(0, 8);
  readonly #examples: ReadonlyMap<string, Example>;
  readonly #people: ExamplePeople;
  readonly #results = new Map<string, ExampleResult>();
  #changes: Readonly<Record<string, Values>> = {};

  constructor(examples: ReadonlyMap<string, Example>, people: ExamplePeople) {
    this.#examples = examples;
    this.#people = people;
  }

  /** Runs the example. @throws where an operation fails, or is refused and the example does not say so */
  async run(example: Example): Promise<ExampleResult> {
    this.#changes = example.with;
    return this.#run(example.coordinate);
  }

  async #run(coordinate: string): Promise<ExampleResult> {
    const known = this.#results.get(coordinate);
    if (known) return known;
    const example = this.#examples.get(coordinate);
    if (!example) throw new Error(`There is no example of ${coordinate}.`);
    const template = withChanges(example.variables, this.#changes[coordinate] ?? {});
    for (const before of [...example.after, ...neededBy(template)]) await this.#run(before);
    const variables = (await this.#filled(template)) as Values;
    const response =
      example.root === 'Subscription'
        ? await this.#firstEvent(example, variables)
        : await this.#send(example, variables);
    const result = { variables, response };
    this.#results.set(coordinate, result);
    return result;
  }

  async #send(example: Example, variables: Values): Promise<Values> {
    const { client } = await this.#people.get(example.person);
    const attempt = async (): Promise<Values | null> => {
      const answer = await client.send(example.document, variables);
      checkOutcome(example, answer);
      const data = answer.data as Values;
      return hasReached(example, data) ? { data } : null;
    };
    return until(`${example.coordinate} reaches ${JSON.stringify(example.until)}`, attempt, deadlineMs);
  }

  /** Subscribes, runs the example that causes an event, and returns the first event in the wanted state. */
  async #firstEvent(example: Example, variables: Values): Promise<Values> {
    const { client } = await this.#people.get(example.person);
    const { events, connected } = openStream(client, example.document, variables);
    try {
      await connected;
      if (example.trigger !== undefined) await this.#run(example.trigger);
      const event = await until(
        `${example.coordinate} sends an event`,
        () => {
          if (events.failure) throw events.failure;
          return events.events.find(({ data, errors }) => errors ?? hasReached(example, data ?? {}));
        },
        deadlineMs,
      );
      if (event.errors) throw new Error(`${example.coordinate} failed: ${JSON.stringify(event.errors)}`);
      return { data: event.data };
    } finally {
      await events.stop();
    }
  }

  /** A value with its placeholders replaced. */
  async #filled(value: unknown): Promise<unknown> {
    if (typeof value === 'string') return this.#filledText(value);
    if (Array.isArray(value)) return Promise.all(value.map((item: unknown) => this.#filled(item)));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(
      async ([key, item]) => [key, await this.#filled(item)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }

  async #filledText(text: string): Promise<unknown> {
    const names = placeholdersOf(text);
    const [first] = names;
    // A placeholder alone may be of any type.
    if (first !== undefined && text === `{${first}}`) return this.#valueOf(first);
    let filled = text;
    for (const name of names) filled = filled.replaceAll(`{${name}}`, String(await this.#valueOf(name)));
    return filled;
  }

  async #valueOf(name: string): Promise<unknown> {
    if (name === 'unique') return this.unique;
    const coordinate = exampleOf(name);
    const [head = '', ...path] = name.replace(totpPrefix, '').split('.');
    const value =
      coordinate === null
        ? (await this.#people.get(head as Example['person'])).values[path.join('.')]
        : valueAt(this.#results.get(coordinate)?.response['data'], path);
    if (value === undefined || value === null) throw new Error(`Nothing is at {${name}}.`);
    return totpPrefix.test(name) && typeof value === 'string' ? totpOf(value) : value;
  }
}

/** A subscription by Server-Sent Events. `connected` resolves when it has begun: later events are received. */
function openStream(
  { url, accessToken }: TestClient,
  query: string,
  variables: Values,
): { events: RecordedStream<ReceivedEvent<Values>>; connected: Promise<void> } {
  const sse = createClient({
    url: `${url}/graphql`,
    retryAttempts: 0,
    headers: accessToken === null ? {} : { authorization: `Bearer ${accessToken}` },
  });
  let connect = (): void => undefined;
  const connected = new Promise<void>((resolve) => (connect = resolve));
  const iterator = sse.iterate({ query, variables }, { connected: () => connect() });
  const events = new RecordedStream(iterator as unknown as AsyncIterableIterator<ReceivedEvent<Values>>);
  return { events, connected };
}

function neededBy(template: unknown): string[] {
  return placeholdersOf(template).flatMap((name) => exampleOf(name) ?? []);
}

/** Variables with values replaced by path: `input.payment.method`. */
function withChanges(variables: Values, changes: Values): Values {
  const changed = structuredClone(variables);
  for (const [path, value] of Object.entries(changes)) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    const parent = valueAt(changed, names) as Values | undefined;
    if (!parent) throw new Error(`Nothing is at ${path}.`);
    parent[last] = value;
  }
  return changed;
}

/** The value at a path of keys and indexes, or undefined. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Values)[key] : undefined),
    value,
  );
}

function hasReached({ until: wanted, field }: Example, data: Values): boolean {
  return Object.entries(wanted).every(([path, value]) => valueAt(data[field], path.split('.')) === value);
}

function checkOutcome(
  { coordinate, field, refusal }: Example,
  { data, errors }: { data?: unknown; errors?: unknown },
): void {
  if (errors) throw new Error(`${coordinate} failed: ${JSON.stringify(errors)}`);
  const payload = (data as Values)[field] as { userErrors?: unknown[] } | null;
  const refused = (payload?.userErrors ?? []).length > 0;
  if (refused !== (refusal !== undefined))
    throw new Error(`${coordinate} was ${refused ? '' : 'not '}refused: ${JSON.stringify(payload)}`);
}
