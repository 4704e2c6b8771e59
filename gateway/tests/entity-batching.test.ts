import { GraphQLError } from 'graphql';
import type { GatewayOptions } from '../src/options.js';
import type { SmallGateway, SmallSubgraph } from './small-graph.js';
import { short, startSmallGateway } from './small-graph.js';

const ids = { left: 'same', right: 'same', third: 'other' };

/** Returns the id of the requested thing, so that a mixed-up answer shows. */
const subgraphs = (changes: { count: number }): Record<string, SmallSubgraph> => ({
  roots: {
    sdl: `type Query { left: Thing right: Thing third: Thing bad: Thing many: [Thing!]! }
      type Mutation { change: Thing }
      type Thing @key(fields: "id") { id: ID! }`,
    resolvers: {
      Query: {
        left: () => ({ id: ids.left }),
        right: () => ({ id: ids.right }),
        third: () => ({ id: ids.third }),
        bad: () => ({ id: 'bad' }),
        many: () => [{ id: 'other' }, { id: 'bad' }, { id: 'same' }, { id: 'bad' }],
      },
      Mutation: {
        change: () => {
          changes.count += 1;
          return { id: 'same' };
        },
      },
    },
  },
  names: {
    sdl: `type Thing @key(fields: "id") { id: ID! name: String changes: Int! owner: Owner }
      type Owner @key(fields: "id") { id: ID! }`,
    resolvers: {
      Thing: {
        __resolveReference: (thing: { id: string }) => thing,
        name: ({ id }: { id: string }) => {
          if (id === 'bad') throw new GraphQLError('No name.', { extensions: { code: 'BAD_USER_INPUT' } });
          return `the ${id} one`;
        },
        changes: () => changes.count,
        owner: ({ id }: { id: string }) => ({ id: `owner of ${id}` }),
      },
    },
  },
  titles: {
    sdl: `type Mutation { pause: Boolean }
      type Owner @key(fields: "id") { id: ID! title(long: Boolean = false): String }`,
    resolvers: {
      Mutation: { pause: () => true },
      Owner: {
        __resolveReference: (owner: { id: string }) => owner,
        title: ({ id }: { id: string }, { long }: { long: boolean }) => `${long ? 'long' : 'short'} ${id}`,
      },
    },
  },
});

describe('equal entity fetches of one request', () => {
  let running: SmallGateway;
  const changes = { count: 0 };

  const start = async (options: Partial<GatewayOptions> = {}): Promise<void> => {
    running = await startSmallGateway(subgraphs(changes), options);
  };
  const representationsOf = (subgraph: string): unknown[] =>
    running.subgraphs[subgraph]?.requests.map(({ variables }) => variables?.['representations']) ?? [];
  const thing = (id: string): object => ({ __typename: 'Thing', id });

  afterEach(() => running.gateway.close(0));

  it('are one call, with each entity once', async () => {
    await start();
    const { data, errors } = await running.execute('{ left { name } right { name } third { name } }');
    expect(errors).toEqual([]);
    expect(data).toEqual({
      left: { name: 'the same one' },
      right: { name: 'the same one' },
      third: { name: 'the other one' },
    });
    expect(representationsOf('names')).toEqual([[thing('same'), thing('other')]]);
  });

  it('are one call in an operation with a name too, although each fetch has a name of its own', async () => {
    await start();
    const { data, errors } = await running.execute(
      'query Name { left { name } right { name } third { name } }',
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      left: { name: 'the same one' },
      right: { name: 'the same one' },
      third: { name: 'the other one' },
    });
    expect(representationsOf('names')).toEqual([[thing('same'), thing('other')]]);
    expect(running.subgraphs['names']?.requests[0]?.operationName).toMatch(/^Name__names__\d$/);
  });

  it('are a call each where that is wanted', async () => {
    await start({ joinCalls: false });
    const { data } = await running.execute('{ left { name } third { name } }');
    expect(data).toEqual({ left: { name: 'the same one' }, third: { name: 'the other one' } });
    expect(representationsOf('names')).toEqual([[thing('same')], [thing('other')]]);
  });

  it('stay apart if they select different fields', async () => {
    await start();
    const { data } = await running.execute('{ left { name } right { owner { id } } }');
    expect(data).toEqual({ left: { name: 'the same one' }, right: { owner: { id: 'owner of same' } } });
    expect(representationsOf('names')).toEqual([[thing('same')], [thing('same')]]);
  });

  it('give each place objects of its own, to which others add', async () => {
    await start();
    const query =
      '{ left { owner { title } } right { owner { title(long: true) } } third { owner { title } } }';
    const { data } = await running.execute(query);
    expect(data).toEqual({
      left: { owner: { title: 'short owner of same' } },
      right: { owner: { title: 'long owner of same' } },
      third: { owner: { title: 'short owner of other' } },
    });
    expect(representationsOf('names')).toEqual([[thing('same'), thing('other')]]);
  });

  it('report an error at each place of the entity', async () => {
    await start();
    const { data, errors } = await running.execute('{ third { name } bad { name } many { name } }');
    expect(data).toEqual({
      third: { name: 'the other one' },
      bad: { name: null },
      many: [{ name: 'the other one' }, { name: null }, { name: 'the same one' }, { name: null }],
    });
    expect(short(errors).sort()).toEqual([
      'BAD_USER_INPUT bad.name',
      'BAD_USER_INPUT many.1.name',
      'BAD_USER_INPUT many.3.name',
    ]);
    expect(representationsOf('names')).toEqual([[thing('other'), thing('bad'), thing('same')]]);
  });

  it('all fail with their one call', async () => {
    await start();
    const { names } = running.subgraphs;
    if (!names) throw new Error('There is no such subgraph.');
    names.answer = () => Promise.resolve({ data: { _entities: null }, errors: [{ message: 'Away.' }] });
    const { data, errors } = await running.execute('{ left { name } third { name } }');
    expect(data).toEqual({ left: { name: null }, third: { name: null } });
    expect(errors).toHaveLength(2);
    expect(names.requests).toHaveLength(1);
  });

  it('report that a subgraph returned another number of entities', async () => {
    await start({ production: false });
    const { names } = running.subgraphs;
    if (!names) throw new Error('There is no such subgraph.');
    names.answer = () => Promise.resolve({ data: { _entities: [{ __typename: 'Thing', name: 'one' }] } });
    const { data, errors } = await running.execute('{ left { name } third { name } }');
    expect(data).toEqual({ left: { name: null }, third: { name: null } });
    expect(errors).toHaveLength(2);
  });

  it('are not batched in a mutation: each reads earlier writes', async () => {
    await start();
    changes.count = 0;
    const query = 'mutation { first: change { changes } pause second: change { changes } }';
    const { data } = await running.execute(query);
    expect(data).toEqual({ first: { changes: 1 }, pause: true, second: { changes: 2 } });
    expect(representationsOf('names')).toHaveLength(2);
  });
});
