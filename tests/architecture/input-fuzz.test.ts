import { buildSchema, graphql } from 'graphql';
import type { FuzzPool, FuzzRequest } from '../fuzz/fuzz-operation';
import { requestOf } from '../fuzz/fuzz-operation';
import { fuzzTargets } from '../fuzz/fuzz-operations';
import type { FuzzReport, FuzzSend } from '../fuzz/fuzz-run';
import { runFuzz } from '../fuzz/fuzz-run';
import type { FuzzResponse } from '../fuzz/response-problems';

// The fuzz of tests/security/own/input-fuzz.test.ts, against a schema with planted faults.

const schema = buildSchema(`
  scalar DateTime
  scalar SafeInt
  scalar JSON
  enum Color { RED GREEN }
  input Item { offerId: ID, quantity: Int, "At most 20 characters." note: String, since: DateTime, data: JSON, color: Color }
  type Refusal { code: String!, message: String!, field: [String!] }
  type Payload { ok: Boolean!, userErrors: [Refusal!]! }
  type Thing { id: ID!, parts(first: Int = 20): [Thing!]! }
  type Query { thing(id: ID!): Thing }
  type Mutation { add(item: Item!, items: [Item!], amount: SafeInt): Payload! }
`);
const pool: FuzzPool = { offer: ['offer_a', 'offer_b'], thing: ['thing_a'] };
const targets = fuzzTargets(schema, []);

interface Arguments {
  item: { offerId?: string; quantity?: number; note?: string | null; since?: string; data?: unknown };
  items?: readonly object[] | null;
  amount?: number | null;
}

interface Refusal {
  code: string;
  message: string;
  field: string[] | null;
}

/** Executes requests with this behaviour of `add` and `thing.parts`. */
function sendTo(
  add: (given: Arguments) => Refusal[] | undefined,
  parts: (first: number | null) => unknown[] = () => [],
): FuzzSend {
  const thing = (): unknown => ({
    id: 'thing_a',
    parts: ({ first }: { first: number | null }) => parts(first),
  });
  const rootValue = {
    thing,
    add: (given: Arguments) => ({ ok: true, userErrors: add(given) ?? [] }),
  };
  return async (_caller, { document, variables }: FuzzRequest): Promise<FuzzResponse> => {
    const { data, errors } = await graphql({
      schema,
      source: document,
      variableValues: variables,
      rootValue,
    });
    return {
      status: 200,
      data,
      errors: errors?.map(({ message, originalError }) => ({
        message,
        extensions: { code: originalError ? 'INTERNAL_SERVER_ERROR' : 'BAD_USER_INPUT', requestId: 'x' },
      })),
    };
  };
}

function fuzz(send: FuzzSend, seed = 1, only = 'Mutation.add'): Promise<FuzzReport> {
  const chosen = targets.filter(({ coordinate }) => coordinate === only);
  return runFuzz({ schema, targets: chosen, pool, send, seed, seconds: 0, runsPerRound: 800 });
}

test('nothing is found where every value is answered', async () => {
  const report = await fuzz(sendTo(() => undefined));
  expect(report).toEqual({ faults: [], operations: 800, rounds: 1, neverGranted: [] });
});

const refusal: Refusal = { code: 'INVALID', message: 'Must be positive.', field: ['item', 'quantity'] };
const fails = (isBad: (given: Arguments) => boolean) => (given: Arguments) => {
  if (isBad(given)) throw new Error('A planted fault.');
  return undefined;
};

const planted: readonly (readonly [string, (given: Arguments) => Refusal[] | undefined, string])[] = [
  ['the largest Int', fails(({ item }) => item.quantity === 2 ** 31 - 1), 'A planted fault.'],
  ['the smallest SafeInt', fails(({ amount }) => amount === Number.MIN_SAFE_INTEGER), 'A planted fault.'],
  ['null in a nullable place', fails(({ item }) => item.note === null), 'A planted fault.'],
  ['an empty list', fails(({ items }) => items?.length === 0), 'A planted fault.'],
  ['a list of 100', fails(({ items }) => items?.length === 100), 'A planted fault.'],
  ['the longest text', fails(({ item }) => item.note?.length === 20), 'A planted fault.'],
  ['NUL', fails(({ item }) => item.note?.includes('\0') ?? false), 'A planted fault.'],
  [
    'half of a surrogate pair',
    fails(({ item }) => /\p{Surrogate}/u.test(item.note ?? '')),
    'A planted fault.',
  ],
  [
    'a time before the first',
    fails(({ item }) => item.since?.startsWith('-271821') ?? false),
    'A planted fault.',
  ],
  [
    'an id of another type',
    fails(({ item }) => item.offerId?.startsWith('order_') ?? false),
    'A planted fault.',
  ],
  ['an existing id', fails(({ item }) => item.offerId === 'offer_b'), 'A planted fault.'],
  ['JSON that is no object', fails(({ item }) => item.data === true), 'A planted fault.'],
  ['a refusal without a message', () => [{ ...refusal, message: ' ' }], 'without a message'],
  ['INVALID without a field', () => [{ ...refusal, field: null }], 'names no field'],
  ['a refusal of a field that does not exist', () => [{ ...refusal, field: ['item', 'size'] }], 'item.size'],
  ['a message that tells too much', () => [{ ...refusal, message: 'SELECT 1' }], 'tells too much'],
];

test.each(planted)('a planted fault is found: %s', async (_what, add, problem) => {
  const { faults } = await fuzz(sendTo(add));
  expect(faults.map(({ coordinate }) => coordinate)).toEqual(['Mutation.add']);
  expect(faults[0]?.problems.join()).toContain(problem);
});

test('a planted fault of an argument below the root is found', async () => {
  const { faults } = await fuzz(
    sendTo(
      () => undefined,
      (first) => {
        if (first === -1) throw new Error('A planted fault.');
        return [];
      },
    ),
    1,
    'Query.thing',
  );
  expect(faults.map(({ coordinate }) => coordinate)).toEqual(['Query.thing']);
});

test('the smallest operation with the fault is reported, and the seed repeats it', async () => {
  const send = sendTo(fails(({ item }) => (item.quantity ?? 0) > 5));
  const [first, again] = [await fuzz(send, 7), await fuzz(send, 7)];
  expect(again).toEqual(first);
  const [fault] = first.faults;
  expect(fault?.request.variables).toEqual({ v0: { quantity: expect.any(Number) as number } });
  expect(fault?.request.document).toBe(
    'mutation ($v0: Item!) { add(item: $v0) { userErrors { __typename code message field } } }',
  );
});

test('an operation is sent with variables, aliases and references that exist', () => {
  const leaf = { on: null, args: [], selection: [] };
  const request = requestOf(
    {
      caller: 'user',
      root: 'query',
      field: {
        name: 'thing',
        on: null,
        args: [{ name: 'id', type: 'ID!', value: { $ref: 'thing', n: 5 } }],
        selection: [
          { ...leaf, name: 'id' },
          { ...leaf, name: 'title', on: 'Book' },
        ],
      },
    },
    pool,
  );
  expect(request).toEqual({
    document: 'query ($v0: ID!) { thing(id: $v0) { a1: id ... on Book { a2: title } } }',
    variables: { v0: 'thing_a' },
  });
});
