import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** People who send the operations of examples, and how a page names them. */
export const people = {
  anonymous: 'an anonymous caller',
  buyer: 'a registered user',
  friend: 'another registered user',
  seller: 'a verified partner, who holds the scope `partner`',
  admin: 'an administrator, who holds all other scopes',
} as const;

/** A person of the examples. */
export type Person = keyof typeof people;

/** A root type, and the folder of its operations. */
export const operationFolders = {
  Query: 'queries',
  Mutation: 'mutations',
  Subscription: 'subscriptions',
} as const;

/** A root type of the API. */
export type RootType = keyof typeof operationFolders;

const values = z.record(z.string(), z.unknown());

const settings = z.strictObject({
  /** The person who sends the operation. */
  person: z.enum(Object.keys(people) as [Person, ...Person[]]),
  /**
   * Variables. `{Mutation.createOrder.checkout.id}` in a text is a value of another example's response, which runs
   * before, `{totp.Mutation.beginMfaEnrolment.uri}` the present code of the otpauth URI there; `{buyer.id}` and `{buyer.email}` belong to a person; `{unique}` differs in each run.
   */
  variables: values.default({}),
  /** Examples that run before, although no variable names them. */
  after: z.array(z.string()).max(10).default([]),
  /** Variables of examples that run before which differ from theirs: values by path, by coordinate. */
  with: z.record(z.string(), values).default({}),
  /** Why the operation is refused, where a refusal is the example. */
  refusal: z.string().optional(),
  /** The operation is repeated until the response has these values: paths below the root field. */
  until: values.default({}),
  /** Of a subscription: the example that causes the event. */
  trigger: z.string().optional(),
  /** Paths below the root field whose values differ between runs; only their types are compared. */
  varying: z.array(z.string()).max(20).default([]),
  /** Variables and response of the last recording, with stable ids and times. `npm run docs:examples` writes it. */
  recorded: z.strictObject({ variables: values, response: values }).optional(),
});

/** The settings of an example, as its JSON file has them. */
export type ExampleSettings = z.infer<typeof settings>;

/** An operation of the API with the person who sends it. */
export interface Example extends ExampleSettings {
  root: RootType;
  /** The root field. */
  field: string;
  /** `Mutation.checkout`. */
  coordinate: string;
  document: string;
}

/** The folder of examples below the repository's root. */
export const examplesPath = 'docs/api/examples';

/** Reads the examples. @throws with the file's name where one is incomplete or invalid */
export function readExamples(root: string): Example[] {
  return (Object.keys(operationFolders) as RootType[]).flatMap((type) => {
    const folder = join(root, examplesPath, operationFolders[type]);
    const names = existsSync(folder) ? readdirSync(folder).sort() : [];
    return names
      .filter((name) => name.endsWith('.graphql'))
      .map((name) => readExample(folder, type, name.slice(0, -'.graphql'.length)));
  });
}

function readExample(folder: string, root: RootType, field: string): Example {
  const settingsFile = join(folder, `${field}.json`);
  try {
    const read = settings.parse(JSON.parse(readFileSync(settingsFile, 'utf8')));
    const document = readFileSync(join(folder, `${field}.graphql`), 'utf8').trim();
    return { ...read, root, field, coordinate: `${root}.${field}`, document };
  } catch (error) {
    throw new Error(`The example in ${settingsFile} cannot be read: ${String(error)}`, { cause: error });
  }
}

/** Begins a placeholder for a code of an authenticator app. */
export const totpPrefix = /^totp\./;
const placeholder = /\{([A-Za-z.0-9]+)\}/g;

/** The placeholders in the texts of a value, each once. */
export function placeholdersOf(value: unknown): string[] {
  const found = JSON.stringify(value).matchAll(placeholder);
  return [...new Set([...found].flatMap(([, name]) => (name === undefined ? [] : [name])))];
}

/** The coordinate of the example that a placeholder names (`Mutation.createOrder.checkout.id`), or null. */
export function exampleOf(name: string): string | null {
  const [type = '', field] = name.replace(totpPrefix, '').split('.');
  return Object.hasOwn(operationFolders, type) && field !== undefined ? `${type}.${field}` : null;
}
