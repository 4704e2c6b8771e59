import fc from 'fast-check';
import type { GraphQLSchema } from 'graphql';
import { getNamedType, isListType, isNonNullType, isObjectType, isScalarType } from 'graphql';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { notImplemented as accountNotImplemented } from '@souk/account/resolvers/not-implemented';
import { resolvers as accountResolvers } from '@souk/account/resolvers/resolvers';
import { notImplemented as catalogNotImplemented } from '@souk/catalog/resolvers/not-implemented';
import { resolvers as catalogResolvers } from '@souk/catalog/resolvers/resolvers';
import { notImplemented as orderNotImplemented } from '@souk/order/resolvers/not-implemented';
import { resolvers as orderResolvers } from '@souk/order/resolvers/resolvers';
import { notImplemented as paymentNotImplemented } from '@souk/payment/resolvers/not-implemented';
import { resolvers as paymentResolvers } from '@souk/payment/resolvers/resolvers';
import { graphError } from '@souk/shared/graph/errors';
import type { NotImplemented, ResolverMap } from '@souk/shared/graph/schema';
import { loadSchema } from '@souk/shared/graph/schema';
import type { SubgraphServer } from '@souk/shared/graph/server';
import { createSubgraphServer } from '@souk/shared/graph/server';
import { createLog } from '@souk/shared/log';
import type { SubgraphName } from '@souk/shared/message';
import { subgraphNames } from '@souk/shared/message';
import { notImplemented as socialNotImplemented } from '@souk/social/resolvers/not-implemented';
import { resolvers as socialResolvers } from '@souk/social/resolvers/resolvers';

const parts: Record<SubgraphName, { resolvers: ResolverMap; notImplemented: NotImplemented }> = {
  account: { resolvers: { ...accountResolvers }, notImplemented: accountNotImplemented },
  catalog: { resolvers: { ...catalogResolvers }, notImplemented: catalogNotImplemented },
  order: { resolvers: { ...orderResolvers }, notImplemented: orderNotImplemented },
  payment: { resolvers: { ...paymentResolvers }, notImplemented: paymentNotImplemented },
  social: { resolvers: { ...socialResolvers }, notImplemented: socialNotImplemented },
};

/**
 * Markers that graphql-jit 0.8.9 turned into source code where a client's string literal began with one: the date marker
 * wrapped the rest of the literal in `new Date(...)`.
 */
const markers = [
  '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d',
  '__MAGIC_NAN__57f286b9_4c20_487f_b409_79804ddcb4f8',
  '__MAGIC_PLUS_INFINITY__bb201c39_3333_4695_b4ad_7f1722e7aa7a',
  '__MAGIC_MINUS_INFINITY__71d4310a_d4a3_4a05_b1fe_e60779d24998',
];

const canaryName = 'canaryOfClientLiterals';
const canaryCode = `globalThis.${canaryName}=1`;

const canary = (): unknown => (globalThis as Record<string, unknown>)[canaryName];

/** Texts that mean something to JavaScript, to templates or to the lexers between a client and a resolver. */
const fragments = [
  ...markers,
  canaryCode,
  ...[
    '"',
    "'",
    '`',
    '\\',
    '\\"',
    "\\'",
    '\\\\',
    '"""',
    '\\"""',
    '${',
    '}',
    '{{',
    '}}',
    '{%',
    '%}',
    '<%=',
    '%>',
  ],
  ...['//', '/*', '*/', '#', '<!--', '-->', '(', ')', '[', ']', ';', ',', '\n', '\r', '\r\n', '\t', ' '],
  ...['\u2028', '\u2029', '\u0000', '\u007F', '\uFEFF', '\u{1F600}', '__proto__', 'constructor', 'e\u0301'],
  ...[
    `");${canaryCode};("`,
    `');${canaryCode};('`,
    `\`+(${canaryCode})+\``,
    `*/${canaryCode}/*`,
    `\n${canaryCode}\n`,
  ],
];

const hostile = fc
  .array(fc.oneof({ arbitrary: fc.constantFrom(...fragments), weight: 4 }, fc.string({ maxLength: 5 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((some) => some.join(''));

/** As a literal between quotes. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('\u007F', '\\u007F').replaceAll('\u2028', '\\u2028');
}

/** As a block string; what such a literal cannot hold (carriage returns, control characters, outer blank lines) is left out. */
function blockOf(text: string): { literal: string; value: string } {
  // eslint-disable-next-line no-control-regex
  const value = `|${text.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '').replaceAll('\n', '\n|')}|`;
  return { literal: `"""${value.replaceAll('"""', '\\"""')}"""`, value };
}

/** A field of Query with an argument that takes a text. */
interface TextArgument {
  field: string;
  argument: string;
  /** As SDL has it. */
  type: string;
  isList: boolean;
  /** The selection that the field's type needs. */
  selection: string;
  /** Other arguments that must be given. */
  hasOthers: boolean;
}

function textArguments(schema: GraphQLSchema): TextArgument[] {
  return Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) =>
    field.args
      .filter(({ type }) => {
        const named = getNamedType(type);
        return isScalarType(named) && (named.name === 'String' || named.name === 'ID');
      })
      .map((argument) => ({
        field: field.name,
        argument: argument.name,
        type: String(argument.type),
        isList: isListType(isNonNullType(argument.type) ? argument.type.ofType : argument.type),
        selection: isScalarType(getNamedType(field.type)) ? '' : ' { __typename }',
        hasOthers: field.args.some((other) => other !== argument && isNonNullType(other.type)),
      })),
  );
}

/** A subgraph's own schema whose root fields only record their arguments. */
class RecordingSubgraph {
  readonly schema: GraphQLSchema;
  readonly server: SubgraphServer;
  given: Record<string, unknown>[] = [];

  constructor(name: SubgraphName) {
    const sdl = readFileSync(path.join(__dirname, `../../subgraphs/${name}/src/schema.graphql`), 'utf8');
    this.schema = loadSchema(sdl, parts[name].resolvers, parts[name].notImplemented);
    const query = this.schema.getQueryType();
    if (!isObjectType(query)) throw new Error('A subgraph without queries.');
    for (const field of Object.values(query.getFields())) {
      if (field.name === '_service') continue;
      field.resolve = (_source: unknown, given: Record<string, unknown>) => {
        this.given.push(given);
        throw graphError('BAD_REQUEST', `Refused ${JSON.stringify(given)}.`);
      };
    }
    this.server = createSubgraphServer({
      schema: this.schema,
      contextOf: (request) => request,
      verifyToken: () => Promise.reject(new Error('No caller of this test has a token.')),
      gatewaySecret: null,
      log: createLog('test', 'silent'),
    });
  }

  async answer(query: string, variables: Record<string, unknown> = {}): Promise<string> {
    const { data, errors } = await this.server.execute({ query, variables, headers: {} });
    return JSON.stringify({ data, errors });
  }

  /** Sends the same ten times. @returns what the resolver was given each time, and the answers */
  async tenTimes(query: string): Promise<{ given: Record<string, unknown>[]; answers: string[] }> {
    this.given = [];
    const answers: string[] = [];
    for (let times = 0; times < 10; times += 1) answers.push(await this.answer(query));
    return { given: this.given, answers };
  }
}

describe.each(subgraphNames)('a literal of a client at %s', (name) => {
  const subgraph = new RecordingSubgraph(name);
  const fields = textArguments(subgraph.schema).filter(({ hasOthers }) => !hasOthers);

  const check = async (
    { field, argument, isList, selection }: TextArgument,
    literal: string,
    value: string,
  ): Promise<void> => {
    const { given, answers } = await subgraph.tenTimes(`{ ${field}(${argument}: ${literal})${selection} }`);
    expect(answers).toEqual(answers.map(() => answers[0]));
    expect(given.map((arguments_) => arguments_[argument])).toEqual(
      answers.map(() => (isList ? [value] : value)),
    );
    expect(canary()).toBeUndefined();
  };

  afterAll(() => void Reflect.deleteProperty(globalThis, canaryName));

  it('has a field to be sent to', () => expect(fields.length).toBeGreaterThan(0));

  it.each(markers)('is never source code: %s', async (marker) => {
    for (const field of fields) {
      const value = `${marker}${canaryCode}`;
      await check(field, `"${value}"`, value);
      await check(field, `"""${value}"""`, value);
    }
  });

  it('is never source code in representations of entities, variable defaults and directives', async () => {
    const value = `${markers[0]}${canaryCode}`;
    const entities = `{ _entities(representations: [{ __typename: "${value}", id: "${value}", nested: { list: ["${value}"] } }]) { __typename } }`;
    const first = await subgraph.tenTimes(entities);
    expect(new Set(first.answers).size).toBe(1);
    expect(canary()).toBeUndefined();
    for (const { field, argument, type, isList, selection } of fields) {
      const literal = isList ? `["${value}"]` : `"${value}"`;
      const { answers, given } = await subgraph.tenTimes(
        `query ($text: ${type} = ${literal}) { ${field}(${argument}: $text)${selection} }`,
      );
      expect(new Set(answers).size).toBe(1);
      expect(given.map((arguments_) => arguments_[argument])).toEqual(
        answers.map(() => (isList ? [value] : value)),
      );
      expect(canary()).toBeUndefined();
    }
  });

  it('is the same text the first time and the tenth, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fields), hostile, async (field, text) => {
        await check(field, quoted(text), text);
        const block = blockOf(text);
        await check(field, block.literal, block.value);
      }),
      { numRuns: 60 },
    );
  });
});
