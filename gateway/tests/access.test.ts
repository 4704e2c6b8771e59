import { ratings, shop } from './access-subgraphs.js';
import type { SmallGateway } from './small-graph.js';
import { composed, short, startSmallGateway } from './small-graph.js';

describe('access at the gateway', () => {
  let graph: SmallGateway;
  beforeAll(async () => {
    graph = await startSmallGateway({ shop, ratings });
  });
  afterAll(() => graph.gateway.close());
  beforeEach(() => {
    for (const { requests } of Object.values(graph.subgraphs)) requests.length = 0;
  });
  const receivedQueries = (): string =>
    Object.values(graph.subgraphs)
      .map((subgraph) => subgraph.receivedText)
      .join('\n');

  test('an anonymous caller gets null and UNAUTHENTICATED where a token is required, and the rest', async () => {
    const { data, errors, status } = await graph.execute('{ person { name email } }');
    expect(status).toBe(200);
    expect(data).toEqual({ person: { name: 'Ada', email: null } });
    expect(errors).toEqual([
      {
        message: 'Authentication required.',
        path: ['person', 'email'],
        extensions: { code: 'UNAUTHENTICATED', reason: 'MISSING', requestId: expect.any(String) as string },
      },
    ]);
    expect(receivedQueries()).not.toMatch(/email/);
  });

  test('with a token the field is answered', async () => {
    const { data, errors } = await graph.execute('{ person { name email } }', { scopes: [] });
    expect(data).toEqual({ person: { name: 'Ada', email: 'ada@souk.test' } });
    expect(errors).toEqual([]);
  });

  test('a scope that lacks is FORBIDDEN with a token and UNAUTHENTICATED without', async () => {
    expect(short((await graph.execute('{ both }')).errors)).toEqual(['UNAUTHENTICATED both']);
    expect(short((await graph.execute('{ both }', { scopes: ['a'] })).errors)).toEqual(['FORBIDDEN both']);
    expect((await graph.execute('{ both }', { scopes: ['a', 'b'] })).data).toEqual({ both: 1 });
    expect((await graph.execute('{ both }', { scopes: ['c'] })).data).toEqual({ both: 1 });
    expect(graph.subgraphs['shop']?.requests).toHaveLength(2);
  });

  test('a refused non-null root field makes the data null', async () => {
    const { data, errors } = await graph.execute('{ reports { total } }', { scopes: ['other'] });
    expect(data).toBeNull();
    expect(short(errors)).toEqual(['FORBIDDEN reports']);
    expect(receivedQueries()).toBe('\n');
  });

  test('nothing but refused fields: no subgraph is called', async () => {
    const { data, errors } = await graph.execute('query ($x: Int!) { a: both(a: $x) __typename b: both }', {
      variables: { x: 1 },
    });
    expect(data).toEqual({ a: null, __typename: 'Query', b: null });
    expect(short(errors)).toEqual(['UNAUTHENTICATED a', 'UNAUTHENTICATED b']);
    expect(receivedQueries()).toBe('\n');
  });

  test('null climbs to the nearest place that allows it, through lists too', async () => {
    const nested = await graph.execute('{ person { name friends { id salary } } }', { scopes: [] });
    expect(nested.data).toEqual({ person: { name: 'Ada', friends: null } });
    expect(short(nested.errors)).toEqual(['FORBIDDEN person.friends.0.salary']);

    const matrix = await graph.execute('{ person { matrix { salary } } }', { scopes: [] });
    expect(matrix.data).toEqual({ person: { matrix: [null, null, null] } });
    expect(short(matrix.errors)).toEqual([
      'FORBIDDEN person.matrix.0.0.salary',
      'FORBIDDEN person.matrix.2.0.salary',
      'FORBIDDEN person.matrix.2.1.salary',
    ]);

    const list = await graph.execute('{ open people { salary } }', { scopes: [] });
    expect(list.data).toBeNull();
    expect(short(list.errors)).toEqual(['FORBIDDEN people.0.salary', 'FORBIDDEN people.1.salary']);
  });

  test('one error for each occurrence, with its index, at its alias, in the order of the selection', async () => {
    const { text, errors } = await graph.execute('{ people { contact: email, name, again: email } }');
    expect(JSON.parse(text)).toMatchObject({
      data: {
        people: [
          { contact: null, name: 'Ada', again: null },
          { contact: null, name: 'Cy', again: null },
        ],
      },
    });
    expect(text).toContain('{"contact":null,"name":"Ada","again":null}');
    expect(short(errors)).toEqual([
      'UNAUTHENTICATED people.0.contact',
      'UNAUTHENTICATED people.0.again',
      'UNAUTHENTICATED people.1.contact',
      'UNAUTHENTICATED people.1.again',
    ]);
  });

  test('at most 100 errors', async () => {
    const fields = Array.from({ length: 120 }, (_, index) => `a${index}: email`).join(' ');
    const { data, errors } = await graph.execute(`{ person { ${fields} } }`);
    expect(errors).toHaveLength(100);
    expect(Object.values((data as { person: object }).person)).toEqual(Array(120).fill(null));
  });

  test('a place that is not there has no error', async () => {
    const { data, errors } = await graph.execute('{ person(id: "none") { email } }');
    expect(data).toEqual({ person: null });
    expect(errors).toEqual([]);
  });

  test('@skip and @include are preserved', async () => {
    const query = 'query ($yes: Boolean!) { person { name email @skip(if: $yes) rank @include(if: $yes) } }';
    const { data, errors } = await graph.execute(query, { variables: { yes: true } });
    expect(data).toEqual({ person: { name: 'Ada', rank: null } });
    expect(short(errors)).toEqual(['UNAUTHENTICATED person.rank']);
  });

  test('a fragment that is used at several places is refused at each', async () => {
    const query = `
      query { person { ...contact friends { ...contact } } }
      fragment contact on Person { name ...more }
      fragment more on Person { email }`;
    const { data, errors } = await graph.execute(query);
    expect(data).toEqual({ person: { name: 'Ada', email: null, friends: [{ name: 'Bob', email: null }] } });
    expect(short(errors)).toEqual(['UNAUTHENTICATED person.email', 'UNAUTHENTICATED person.friends.0.email']);
  });

  test('fragments and variables that only refused fields used are dropped', async () => {
    const query = `
      query Q($a: Int!, $b: Int) { open both(a: $a, b: $b) reports { ...r } }
      fragment r on Reports { total }`;
    const { errors } = await graph.execute(query, { variables: { a: 1 } });
    expect(short(errors)).toEqual(['UNAUTHENTICATED both', 'UNAUTHENTICATED reports']);
    expect(receivedQueries()).not.toMatch(/both|reports|total|\$/);
  });

  test('only the operation that runs is judged', async () => {
    const query = 'query A { open } query B { mine }';
    expect((await graph.execute(query, { operationName: 'A' })).errors).toEqual([]);
    expect(short((await graph.execute(query, { operationName: 'B' })).errors)).toEqual([
      'UNAUTHENTICATED mine',
    ]);
  });

  test('wrong variables are reported although the field is refused', async () => {
    const { errors } = await graph.execute('query ($a: Int!) { both(a: $a) }', { variables: { a: 'x' } });
    expect(short(errors)).toEqual(['BAD_USER_INPUT -']);
  });

  test('by type: the same key refused on one type and answered on another', async () => {
    const { data, errors } = await graph.execute(
      '{ anything { ... on Book { number: price title } ... on Lamp { number: watts title } } }',
    );
    expect(data).toEqual({
      anything: [
        { number: null, title: 'Go' },
        { number: 9, title: 'Lux' },
      ],
    });
    expect(short(errors)).toEqual(['UNAUTHENTICATED anything.0.number']);
  });

  test('all implementers of an interface require what any requires: composition hides which one stated it', async () => {
    const through = await graph.execute('{ things { title secret } }');
    expect(through.data).toEqual({
      things: [
        { title: 'Go', secret: null },
        { title: 'Lux', secret: null },
      ],
    });
    expect(receivedQueries()).not.toMatch(/secret/);
    expect((await graph.execute('{ things { ... on Lamp { secret } } lamp { secret } }')).data).toEqual({
      things: [{}, { secret: null }],
      lamp: { secret: null },
    });
    expect((await graph.execute('{ things { ... on Lamp { watts } } }')).errors).toEqual([]);
  });

  test('a rule on a type holds for the fields that return it', async () => {
    expect(short((await graph.execute('{ vault { gold } }')).errors)).toEqual(['UNAUTHENTICATED vault']);
    expect((await graph.execute('{ vault { gold } }', { scopes: [] })).data).toEqual({ vault: { gold: 1 } });
  });

  test('refused fields of another subgraph do not call it', async () => {
    const { data } = await graph.execute('{ person { name rank } }');
    expect(data).toEqual({ person: { name: 'Ada', rank: null } });
    expect(graph.subgraphs['ratings']?.requests).toHaveLength(0);
    const signedIn = await graph.execute('{ person { name rank } }', { scopes: [] });
    expect(signedIn.data).toEqual({ person: { name: 'Ada', rank: 1 } });
  });

  test('a refused mutation does not run, the others run in their order', async () => {
    const { data, errors } = await graph.execute(
      'mutation ($t: String!) { first(text: "1") second(text: $t) third(text: "3") }',
      { variables: { t: 'private' } },
    );
    expect(data).toEqual({ first: '1', second: null, third: '3' });
    expect(short(errors)).toEqual(['UNAUTHENTICATED second']);
    expect(receivedQueries()).not.toMatch(/second|private/);
    expect(receivedQueries().indexOf('first')).toBeLessThan(receivedQueries().indexOf('third'));

    const strict = await graph.execute('mutation { strict }');
    expect(strict.data).toBeNull();
  });

  test('a placeholder cannot be forged', async () => {
    const { data, errors } = await graph.execute('{ person { refused_0: name email refused_1: id } }');
    expect(data).toEqual({ person: { refused_0: 'Ada', email: null, refused_1: 'u1' } });
    expect(short(errors)).toEqual(['UNAUTHENTICATED person.email']);
  });

  test('the plan of one caller is not the plan of another', async () => {
    const query = '{ person { name email salary } }';
    expect(short((await graph.execute(query)).errors)).toEqual([
      'UNAUTHENTICATED person.email',
      'UNAUTHENTICATED person.salary',
    ]);
    const rich = await graph.execute(query, { scopes: ['money'] });
    expect(rich.data).toEqual({ person: { name: 'Ada', email: 'ada@souk.test', salary: 10 } });
    expect(short((await graph.execute(query, { scopes: [] })).errors)).toEqual(['FORBIDDEN person.salary']);
    expect((await graph.execute(query)).data).toEqual({ person: null });
  });

  test('an invalid token refuses the whole request', async () => {
    for (const authorization of ['Bearer forged', 'Basic abc', 'Bearer']) {
      const answer = await graph.execute('{ open }', { headers: { authorization } });
      expect(answer.status).toBe(401);
      expect(short(answer.errors)).toEqual(['UNAUTHENTICATED -']);
      expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
      expect(answer.errors[0]?.extensions?.['requestId']).toBe(answer.headers.get('x-request-id'));
    }
    expect(receivedQueries()).toBe('\n');
  });
});

describe('access through interface objects', () => {
  const catalog = {
    sdl: `
      type Query { listings: [Listing!]! tour: Tour }
      interface Listing @key(fields: "id") { id: ID! title: String! }
      type Tour implements Listing @key(fields: "id") { id: ID! title: String! }
      type App implements Listing @key(fields: "id") { id: ID! title: String! }
    `,
    resolvers: {
      Query: {
        listings: () => [
          { __typename: 'Tour', id: '1', title: 'T' },
          { __typename: 'App', id: '2', title: 'A' },
        ],
        tour: () => ({ id: '1', title: 'T' }),
      },
      Listing: { __resolveReference: ({ id }: { id: string }) => ({ __typename: 'Tour', id, title: 'T' }) },
    },
  };
  const social = {
    sdl: `
      type Query { x: Int }
      type Listing @key(fields: "id") @interfaceObject { id: ID! likes: Int likers: [String!] @authenticated }
    `,
    resolvers: {
      Listing: { __resolveReference: ({ id }: { id: string }) => ({ id, likes: 3, likers: ['Ada'] }) },
    },
  };

  test('a rule on the object holds on the interface and on every implementer', async () => {
    const graph = await startSmallGateway({ catalog, social });
    try {
      const all = await graph.execute('{ listings { likes likers } tour { likers } }');
      expect(all.data).toEqual({
        listings: [
          { likes: 3, likers: null },
          { likes: 3, likers: null },
        ],
        tour: { likers: null },
      });
      expect(short(all.errors)).toEqual([
        'UNAUTHENTICATED listings.0.likers',
        'UNAUTHENTICATED listings.1.likers',
        'UNAUTHENTICATED tour.likers',
      ]);
      const signedIn = await graph.execute('{ listings { likers } }', { scopes: [] });
      expect(signedIn.data).toEqual({ listings: [{ likers: ['Ada'] }, { likers: ['Ada'] }] });
    } finally {
      await graph.gateway.close();
    }
  });
});

describe('access to fields that require guarded fields', () => {
  const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.11",
    import: ["@key", "@external", "@requires", "@authenticated", "@requiresScopes"])`;
  const full = { id: '1', secret: 'S3CRET', owner: { number: '78', name: 'Ada' } };
  const people = {
    sdl: `${federation}
      type Query { person: Person }
      type Person @key(fields: "id") { id: ID! secret: String @authenticated owner: Owner }
      type Owner { number: String @requiresScopes(scopes: [["numbers"]]) name: String }`,
    resolvers: { Query: { person: () => full }, Person: { __resolveReference: () => full } },
  };
  const made = {
    sdl: `${federation}
      type Person @key(fields: "id") {
        id: ID!
        secret: String @external
        owner: Owner @external
        hint: String @requires(fields: "secret") @authenticated
        ending: String @requires(fields: "owner { number }") @requiresScopes(scopes: [["numbers"]])
        greeting: String @requires(fields: "owner { name }")
      }
      type Owner { number: String @external name: String @external }`,
    resolvers: {
      Person: {
        hint: ({ secret }: { secret?: string }) => `hint of ${secret}`,
        ending: ({ owner }: { owner?: { number?: string } }) => `ending of ${owner?.number}`,
        greeting: ({ owner }: { owner?: { name?: string } }) => `hello ${owner?.name}`,
      },
    },
  };

  test('requires the same, also where composition did not want it stated', async () => {
    const stated = composed({ people, made });
    // As it was composed before 2.12.
    const supergraphSdl = stated.replaceAll(/(\n +(?:hint|ending): .*\)) @.*/g, '$1');
    expect(stated.length - supergraphSdl.length).toBeGreaterThan(40);
    const graph = await startSmallGateway({ people, made }, { supergraphSdl });
    try {
      const all = '{ person { id hint ending greeting } }';
      const anonymous = await graph.execute(all);
      expect(anonymous.data).toEqual({
        person: { id: '1', hint: null, ending: null, greeting: 'hello Ada' },
      });
      expect(short(anonymous.errors)).toEqual([
        'UNAUTHENTICATED person.hint',
        'UNAUTHENTICATED person.ending',
      ]);
      const received = Object.values(graph.subgraphs).map((subgraph) => subgraph.receivedText);
      expect(received.join()).not.toMatch(/secret|number|S3CRET|hint/);
      const known = await graph.execute(all, { scopes: [] });
      expect(short(known.errors)).toEqual(['FORBIDDEN person.ending']);
      expect(known.data).toMatchObject({ person: { hint: 'hint of S3CRET', ending: null } });
      const scoped = await graph.execute(all, { scopes: ['numbers'] });
      expect(scoped.errors).toEqual([]);
      expect(scoped.data).toMatchObject({ person: { ending: 'ending of 78' } });
    } finally {
      await graph.gateway.close();
    }
  });
});

describe('where operations with such fields are refused whole', () => {
  let graph: SmallGateway;
  beforeAll(async () => {
    graph = await startSmallGateway({ shop, ratings }, { refuseUnauthorized: true });
  });
  afterAll(() => graph.gateway.close());
  beforeEach(() => {
    for (const { requests } of Object.values(graph.subgraphs)) requests.length = 0;
  });

  test('nothing is run, and each of the fields is named; the second time too', async () => {
    for (let turn = 0; turn < 2; turn += 1) {
      const { data, errors, status } = await graph.execute(
        '{ open person { name email ...F } } fragment F on Person { s: salary }',
      );
      expect(status).toBe(401);
      expect(data).toBeUndefined();
      expect(errors.map(({ extensions }) => [extensions?.['code'], extensions?.['field']])).toEqual([
        ['UNAUTHENTICATED', 'email'],
        ['UNAUTHENTICATED', 'salary'],
      ]);
    }
    const { status, errors } = await graph.execute('{ open person { name salary } }', { scopes: [] });
    expect(status).toBe(403);
    expect(short(errors)).toEqual(['FORBIDDEN -']);
    const mutation = await graph.execute('mutation { first(text: "a") second(text: "b") }');
    expect(mutation.status).toBe(401);
    for (const subgraph of Object.values(graph.subgraphs)) expect(subgraph.requests).toEqual([]);
  });

  test('permitted fields are answered', async () => {
    const { data, errors } = await graph.execute('{ person { name email } }', { scopes: [] });
    expect(data).toEqual({ person: { name: 'Ada', email: 'ada@souk.test' } });
    expect(errors).toEqual([]);
  });
});
