import { notImplemented as accountsMissing } from '@souk/account/resolvers/not-implemented';
import { resolvers as account } from '@souk/account/resolvers/resolvers';
import { notImplemented as catalogsMissing } from '@souk/catalog/resolvers/not-implemented';
import { resolvers as catalog } from '@souk/catalog/resolvers/resolvers';
import { notImplemented as ordersMissing } from '@souk/order/resolvers/not-implemented';
import { resolvers as order } from '@souk/order/resolvers/resolvers';
import { notImplemented as paymentsMissing } from '@souk/payment/resolvers/not-implemented';
import { resolvers as payment } from '@souk/payment/resolvers/resolvers';
import { notImplemented as socialsMissing } from '@souk/social/resolvers/not-implemented';
import { resolvers as social } from '@souk/social/resolvers/resolvers';
import { apiSchema } from '@souk/gateway/supergraph/composition';
import type { RequestContext } from '@souk/shared/graph/context';
import { unstatedBounds } from '@souk/shared/graph/input-pass';
import { textScalarOf } from '@souk/shared/graph/input-rules';
import type { NotImplemented, ResolverMap } from '@souk/shared/graph/schema';
import { loadSchema } from '@souk/shared/graph/schema';
import { createSubgraphServer } from '@souk/shared/graph/server';
import { createLog } from '@souk/shared/log';
import { scopes } from '@souk/shared/auth/scopes';
import type { GraphQLArgument, GraphQLInputField, GraphQLInputType, GraphQLSchema } from 'graphql';
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const subgraphs = {
  account: [account, accountsMissing],
  catalog: [catalog, catalogsMissing],
  order: [order, ordersMissing],
  payment: [payment, paymentsMissing],
  social: [social, socialsMissing],
} satisfies Record<string, [ResolverMap, NotImplemented]>;
const sdlOf = (name: string): string =>
  readFileSync(join(root, `subgraphs/${name}/src/schema.graphql`), 'utf8');
const schemas = new Map(
  Object.entries<[ResolverMap, NotImplemented]>(subgraphs).map(([name, [resolvers, missing]]) => [
    name,
    loadSchema(sdlOf(name), resolvers, missing),
  ]),
);

/** An argument or input field of a root field that takes text, and how to give it one. */
interface Place {
  coordinate: string;
  scalar: string;
  /** The arguments of the field, with a text at this place and what is required elsewhere. */
  arguments: (text: string) => Record<string, unknown>;
}

type Part = GraphQLArgument | GraphQLInputField;

function isRequired({ type, defaultValue }: Part): boolean {
  return isNonNullType(type) && defaultValue === undefined;
}

const samples: Readonly<Record<string, unknown>> = {
  String: 'x',
  ID: 'x',
  Int: 1,
  Float: 1,
  SafeInt: 1,
  Boolean: true,
  EmailAddress: 'x@souk.test',
  URL: 'https://souk.test',
  JSON: {},
  DateTime: '2030-01-01T00:00:00Z',
};

function sample(type: GraphQLInputType): unknown {
  const bare = getNullableType(type);
  if (isListType(bare)) return [sample(bare.ofType)];
  if (isEnumType(bare)) return bare.getValues()[0]?.name;
  if (isInputObjectType(bare)) return requiredOf(Object.values(bare.getFields()));
  return samples[bare.toString()];
}

function requiredOf(parts: readonly Part[]): Record<string, unknown> {
  return Object.fromEntries(parts.filter(isRequired).map((part) => [part.name, sample(part.type)]));
}

function wrapped(scalar: string, text: string): unknown {
  if (scalar === 'EmailAddress') return `${text}@souk.test`;
  if (scalar === 'URL') return `https://souk.test/${text}`;
  return scalar === 'JSON' ? { a: [text] } : text;
}

/** Every place below some parts where text is taken; an input object within itself is entered once. */
function placesOf(path: string, parts: readonly Part[], entered: readonly string[]): Place[] {
  return parts.flatMap((part) => {
    const coordinate = `${path}.${part.name}`;
    const put = (value: unknown): Record<string, unknown> => ({
      ...requiredOf(parts),
      [part.name]: isListType(getNullableType(part.type)) ? [value] : value,
    });
    const scalar = textScalarOf(part);
    if (scalar !== null) return [{ coordinate, scalar, arguments: (text) => put(wrapped(scalar, text)) }];
    const type = getNamedType(part.type);
    if (!isInputObjectType(type) || entered.includes(type.name)) return [];
    return placesOf(coordinate, Object.values(type.getFields()), [...entered, type.name]).map((place) => ({
      ...place,
      arguments: (text) => put(place.arguments(text)),
    }));
  });
}

interface RootField {
  operation: 'query' | 'mutation' | 'subscription';
  name: string;
  args: readonly GraphQLArgument[];
  hasUserErrors: boolean;
  hasSelection: boolean;
}

function rootFieldsOf(schema: GraphQLSchema): RootField[] {
  return (['query', 'mutation', 'subscription'] as const).flatMap((operation) => {
    const type = schema.getType(operation.replace(/^./, (letter) => letter.toUpperCase()));
    if (!isObjectType(type)) return [];
    return Object.values(type.getFields())
      .filter(({ name }) => !name.startsWith('_'))
      .map(({ name, args, type: returned }) => {
        const named = getNamedType(returned);
        return {
          operation,
          name,
          args,
          hasUserErrors: isObjectType(named) && 'userErrors' in named.getFields(),
          hasSelection: 'getFields' in named || 'getTypes' in named,
        };
      });
  });
}

/** An identity with every scope. */
const identity = {
  userId: '018f0000-0000-7000-8000-000000000000',
  sessionId: '018f0000-0000-7000-8000-000000000001',
  roles: [],
  scopes: new Set(scopes),
  mfaAt: null,
};

/** No refused input gets as far as any of it. */
const untouched = new Proxy(
  {},
  {
    get: (_target, name) => {
      throw new Error(`A refused input came to a resolver, which reads ${String(name)}.`);
    },
  },
);

interface Refusal {
  codes: unknown[];
  milliseconds: number;
  /** The answer's characters. */
  length: number;
}

function refuserOf(schema: GraphQLSchema) {
  const server = createSubgraphServer({
    schema,
    contextOf: (request): RequestContext =>
      Object.assign(Object.create(untouched) as RequestContext, request),
    verifyToken: () => Promise.resolve(identity as never),
    gatewaySecret: null,
    log: createLog('test', 'silent'),
  });
  return async (field: RootField, arguments_: Record<string, unknown>): Promise<Refusal> => {
    const sent = {
      ...Object.fromEntries(field.args.filter(isRequired).map((one) => [one.name, sample(one.type)])),
      ...arguments_,
    };
    const used = field.args.filter(({ name }) => name in sent);
    const selection = field.hasUserErrors
      ? '{ userErrors { code message field } }'
      : field.hasSelection
        ? '{ __typename }'
        : '';
    const query = `${field.operation} (${used.map(({ name, type }) => `$${name}: ${type.toString()}`).join(' ')}) {
      ${field.name}(${used.map(({ name }) => `${name}: $${name}`).join(' ')}) ${selection} }`;
    const request = { query, variables: sent, headers: { authorization: 'Bearer test' } };
    const before = process.cpuUsage();
    const answer = await (field.operation === 'subscription'
      ? server.subscribe(request)
      : server.execute(request));
    const { user, system } = process.cpuUsage(before);
    if (!('data' in answer || 'errors' in answer)) throw new Error('A stream was opened.');
    const payload = answer.data?.[field.name] as { userErrors?: { code: string }[] } | null | undefined;
    return {
      codes: [
        ...(answer.errors ?? []).map(({ extensions }) => extensions?.['code']),
        ...(payload?.userErrors ?? []).map(({ code }) => code),
      ],
      milliseconds: (user + system) / 1_000,
      length: JSON.stringify(answer).length,
    };
  };
}

const megabyte = 1_000_000;
const letters = 'x'.repeat(megabyte);
const marks = `a${'\u0301\u0316'.repeat((megabyte - 1) / 2)}`;

describe.each([...schemas])('the inputs of %s', (_name, schema) => {
  const places = rootFieldsOf(schema).flatMap((field) =>
    placesOf(`${field.operation}.${field.name}`, field.args, []).map((place) => ({ field, place })),
  );

  it('state the maximum length of texts in the SDL and in descriptions', () => {
    expect(unstatedBounds(schema)).toEqual([]);
    expect(places.length).toBeGreaterThan(5);
  });

  it('refuse a megabyte of combining marks as fast as one of letters, before any resolver', async () => {
    const refuse = refuserOf(schema);
    for (const { field, place } of places) {
      const first = await refuse(field, place.arguments(letters));
      const second = await refuse(field, place.arguments(marks));
      for (const { codes, length } of [first, second]) {
        const isScalars = place.scalar === 'EmailAddress' || place.scalar === 'URL';
        const expected = field.hasUserErrors && !isScalars ? ['INVALID'] : ['BAD_USER_INPUT'];
        expect([place.coordinate, codes]).toEqual([place.coordinate, expected]);
        // The refusal does not send the text back.
        expect(length).toBeLessThan(2_000);
      }
      expect([place.coordinate, second.milliseconds < 5 * first.milliseconds + 100]).toEqual([
        place.coordinate,
        true,
      ]);
    }
  }, 300_000);

  it.each([
    ['NUL', 'a\0b'],
    ['half of a surrogate pair', 'Zo\ud83d'],
  ])('refuse %s everywhere', async (_what, text) => {
    const refuse = refuserOf(schema);
    for (const { field, place } of places) {
      const { codes } = await refuse(field, place.arguments(text));
      const isScalars = place.scalar === 'EmailAddress' || place.scalar === 'URL';
      const expected = field.hasUserErrors && !isScalars ? ['INVALID'] : ['BAD_USER_INPUT'];
      expect([place.coordinate, codes]).toEqual([place.coordinate, expected]);
    }
  });
});

test('the directive is the subgraphs’ own: clients do not see it', () => {
  const supergraph = readFileSync(join(root, 'gateway/supergraph.graphql'), 'utf8');
  expect(supergraph).not.toContain('@length');
  expect(apiSchema(supergraph).getDirective('length')).toBeUndefined();
});

test('a schema whose input states no bound is not loaded', () => {
  const sdl = sdlOf('social');
  const bare = sdl.replace(/title: String! @length\(max: \d+\)/, 'title: String!');
  expect(bare).not.toBe(sdl);
  expect(() => loadSchema(bare, ...subgraphs.social)).toThrow(
    'Mutation.announce(title:) takes text and has no @length.',
  );
  const undescribed = sdl.replace(
    /"One line for people\. At most 200 characters\."(\s+title: String!)/,
    '"A title."$1',
  );
  expect(undescribed).not.toBe(sdl);
  expect(() => loadSchema(undescribed, ...subgraphs.social)).toThrow(
    'The description of Mutation.announce(title:) must say "at most 200 characters".',
  );
});
