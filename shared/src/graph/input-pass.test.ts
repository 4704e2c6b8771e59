import fc from 'fast-check';
import type { FormattedExecutionResult } from 'graphql';
import { graphql } from 'graphql';
import { RequestWork } from './request-work.js';
import { loadSchema } from './schema.js';

const seen: unknown[] = [];
const note = (_parent: unknown, arguments_: object): unknown => {
  seen.push(arguments_);
  return { ok: true, things: ['x'], userErrors: [] };
};

const schema = loadSchema(
  /* GraphQL */ `
    extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.11", import: ["@key", "@shareable", "@listSize"])
    enum ErrorCode {
      INVALID
    }
    type Query {
      find("At most 10 characters." text: String @length(max: 10), ids: [ID!]): Thing
      thing: Thing!
    }
    type Thing @key(fields: "code") {
      code: String!
      nested("At most 10 characters." text: String @length(max: 10)): String
    }
    type Subscription {
      watch("At most 10 characters." text: String! @length(max: 10)): Thing
    }
    input ItemInput {
      "At most 5 characters."
      title: String! @length(max: 5)
      "Each has at most 5 characters."
      tags: [[String!]!] @length(max: 5)
      item: ItemInput
    }
    input ChangeInput {
      id: ID
      items: [ItemInput!]
      "At most 40 characters as JSON text."
      data: JSON @length(max: 40)
      "At most 30 characters as a URL."
      link: URL @length(max: 30)
      "At most 5 characters."
      key: String @length(max: 5, opaque: true)
      ratio: Float
    }
    type ChangePayload {
      ok: Boolean!
      thing: Thing
      things: [String!]!
      userErrors: [UserError!]!
    }
    type Mutation {
      change(
        input: ChangeInput!
        "At most 20 characters."
        note: String @length(max: 20, multiline: true)
      ): ChangePayload!
    }
  `,
  {
    Query: { find: note, thing: () => ({ code: 'x' }) },
    Thing: {
      nested: note,
      __resolveReference: (reference: object) => {
        seen.push(reference);
        return reference;
      },
    },
    Mutation: { change: note },
    Subscription: { watch: { subscribe: note } },
  },
  [],
);

async function run(
  source: string,
  variableValues: Record<string, unknown> = {},
): Promise<FormattedExecutionResult> {
  const result = await graphql({
    schema,
    source,
    variableValues,
    contextValue: { work: new RequestWork(1_000_000, null) },
  });
  return JSON.parse(JSON.stringify(result)) as FormattedExecutionResult;
}

interface Payload {
  ok: boolean;
  thing: null;
  things: string[];
  userErrors: { code: string; message: string; field: string[] }[];
}

async function change(input: Record<string, unknown>, text?: string): Promise<Payload> {
  const { data, errors } = await run(
    `mutation ($input: ChangeInput!, $note: String) { change(input: $input, note: $note) {
      ok things userErrors { code message field } } }`,
    { input, note: text },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data?.['change'] as Payload;
}

beforeEach(() => {
  seen.length = 0;
});

test('all violations of an input are reported together, each with its path', async () => {
  const payload = await change(
    {
      id: 'x\0',
      items: [
        { title: 'fits' },
        { title: 'too long', tags: [['a'], ['b', 'a\u202eb']], item: { title: '\ud83d' } },
      ],
      data: { text: 'x'.repeat(50) },
      link: 'https://a:b@souk.test/',
      key: '123456',
    },
    'x'.repeat(21),
  );
  expect(seen).toEqual([]);
  expect(payload).toMatchObject({ ok: false, things: [] });
  expect(payload.userErrors.map(({ code, field }) => `${code} ${field.join('.')}`)).toEqual([
    'INVALID input.id',
    'INVALID input.items.1.title',
    'INVALID input.items.1.tags.1.1',
    'INVALID input.items.1.item.title',
    'INVALID input.data',
    'INVALID input.link',
    'INVALID input.key',
    'INVALID note',
  ]);
  expect(payload.userErrors[1]?.message).toBe('Must have at most 5 characters; it has 8.');
  expect(payload.userErrors[4]?.message).toBe('Must have at most 40 characters as JSON text; it has 61.');
});

test('a resolver sees texts in normalization form C, and the rest as it was', async () => {
  const input = {
    id: 'e\u0301',
    items: [{ title: 'e\u0301', tags: [['e\u0301']] }],
    data: { 'e\u0301': ['e\u0301', 1, null] },
    key: 'e\u0301',
  };
  await change(input, 'one\n\ttwo');
  expect(seen).toEqual([
    {
      input: {
        id: 'e\u0301',
        items: [{ title: '\u00e9', tags: [['\u00e9']] }],
        data: { '\u00e9': ['\u00e9', 1, null] },
        key: 'e\u0301',
      },
      note: 'one\n\ttwo',
    },
  ]);
});

test('keys of JSON that are one text in two forms are refused', async () => {
  const payload = await change({ data: { 'e\u0301': 1, '\u00e9': 2 } });
  expect(payload.userErrors).toMatchObject([{ code: 'INVALID', field: ['input', 'data'] }]);
});

test('a list has at most 100 items, whatever they are', async () => {
  const items = (count: number): Payload | Promise<Payload> =>
    change({ items: Array.from({ length: count }, () => ({ title: 'x' })) });
  expect(await items(100)).toMatchObject({ ok: true });
  expect((await items(101)).userErrors).toEqual([
    { code: 'INVALID', field: ['input', 'items'], message: 'Must have at most 100 items; it has 101.' },
  ]);
});

test('only the first twenty violations are reported', async () => {
  const { userErrors } = await change({ items: Array.from({ length: 100 }, () => ({ title: 'too long' })) });
  expect(userErrors).toHaveLength(20);
});

test('a number that is not finite is refused', async () => {
  const { data, errors } = await run(
    'mutation { change(input: { ratio: 1e999 }) { userErrors { code field } } }',
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({ change: { userErrors: [{ code: 'INVALID', field: ['input', 'ratio'] }] } });
});

describe('queries and subscriptions', () => {
  test('fail with BAD_USER_INPUT, and name the path', async () => {
    for (const query of [
      '{ find(text: "eleven char") { code } }',
      '{ thing { nested(text: "a\\u0000") } }',
      '{ find(ids: ["a\\u0000"]) { code } }',
    ]) {
      const { errors } = await run(query);
      expect(errors?.map(({ extensions }) => extensions)).toEqual([
        { code: 'BAD_USER_INPUT', field: query.includes('ids') ? 'ids.0' : 'text' },
      ]);
    }
    expect(seen).toEqual([]);
  });

  test('know no id that is too long', async () => {
    await run('query ($ids: [ID!]) { find(ids: $ids) { code } }', { ids: ['a', 'x'.repeat(1_000_000)] });
    expect(seen).toEqual([{ ids: ['a', 'unknown'] }]);
  });
});

test('a reference with a key that nothing can have finds nothing', async () => {
  const query = 'query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on Thing { code } } }';
  const keys = ['good', 'x'.repeat(1_001), 'a\0', 'a\ud83d'].map((code) => ({ __typename: 'Thing', code }));
  const { data } = await run(query, { keys });
  expect(data).toEqual({ _entities: [{ code: 'good' }, null, null, null] });
  expect(seen).toHaveLength(1);
});

test('for any input, a resolver receives only texts that satisfy the rules', async () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom('e\u0301', '\0', '\n', '\u202e', '\ud83d', '🎷', 'a'),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    ),
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(text, text, fc.dictionary(text, text, { maxKeys: 3 }), async (title, line, data) => {
      fc.pre(!Object.hasOwn(data, '__proto__'));
      seen.length = 0;
      const { ok, userErrors } = await change({ items: [{ title }], data }, line);
      expect(ok).toBe(userErrors.length === 0);
      expect(seen).toHaveLength(ok ? 1 : 0);
      const written = JSON.stringify(seen);
      expect(written).not.toMatch(/\\u0000|\\ud[89a-f]|\u202e/i);
      expect(written.normalize('NFC')).toBe(written);
    }),
  );
});
