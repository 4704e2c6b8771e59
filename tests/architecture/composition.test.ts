import type { SubgraphSource } from '@souk/gateway/supergraph/composition';
import {
  apiChanges,
  compose,
  readSources,
  structuralChanges,
  withoutDescriptions,
} from '@souk/gateway/supergraph/composition';
import { unsizedLists } from '@souk/gateway/limits/list-sizes';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const sources = readSources(join(root, 'supergraph.yaml'));
const composed = compose(sources);

/** The supergraph after a change of one subgraph's SDL. */
function changed(name: string, change: (sdl: string) => string): string {
  const source = sources.find((candidate) => candidate.name === name);
  if (!source) throw new Error(`no subgraph ${name}`);
  const sdl = change(source.sdl);
  if (sdl === source.sdl) throw new Error('The change changes nothing.');
  return compose(sources.map((other): SubgraphSource => (other === source ? { ...source, sdl } : other)));
}

async function breaking(after: string, before = composed): Promise<string[]> {
  return (await apiChanges(before, after))
    .filter(({ isBreaking }) => isBreaking)
    .map(({ message }) => message);
}

const score = `  """
  Number of users whom the caller follows and who follow this user, among the 200 that the caller followed last and the
  200 that each of them followed last.
  """
  mutualCount: Int!
`;

describe('the composed supergraph', () => {
  test('the committed file equals the composition', () => {
    const committed = readFileSync(join(root, 'gateway/supergraph.graphql'), 'utf8');
    // Run `npm run compose` where this fails.
    expect(committed === composed).toBe(true);
  });

  test('all five subgraphs are in it, at their ports', () => {
    expect(sources.map(({ name, url }) => `${name} ${url}`)).toEqual([
      'account http://localhost:4001/graphql',
      'catalog http://localhost:4002/graphql',
      'order http://localhost:4003/graphql',
      'payment http://localhost:4004/graphql',
      'social http://localhost:4005/graphql',
    ]);
  });

  test('incompatible subgraphs are refused', () => {
    expect(() => changed('social', (sdl) => sdl.replace('type SocialStatistics', 'type Money'))).toThrow(
      'The subgraphs do not compose',
    );
  });
});

describe('the length of a list', () => {
  test('is stated for every list of the API', () => {
    expect(unsizedLists(composed)).toEqual([]);
  });

  test.each([
    [
      'a list',
      'catalog',
      '  images: [Image!]! @listSize(assumedSize: 20)',
      '  images: [Image!]!',
      'Listing.images',
    ],
    [
      'scalars',
      'catalog',
      '  platforms: [String!]! @listSize(assumedSize: 20)',
      '  platforms: [String!]!',
      'App.platforms',
    ],
    [
      'a page without a default',
      'order',
      /limit: Int = 10(\): \[ListingSales!\]!\s+@listSize\(slicingArguments: \["limit"\]), assumedSize: 10/,
      'limit: Int$1',
      'PlatformAnalytics.topListings',
    ],
    [
      'a connection whose nodes no field sizes',
      'social',
      /(ActivityConnection\n {4}@authenticated\n {4}@listSize\(slicingArguments: \["first"\], sizedFields: \["edges")(, "nodes")/,
      '$1',
      'ActivityConnection.nodes',
    ],
  ])('is missed where it is not: %s', (_what, subgraph, stated, unstated, field) => {
    expect(unsizedLists(changed(subgraph, (sdl) => sdl.replace(stated, unstated)))).toContain(field);
  });
});

test('an SDL with a syntax error is reported with its line', () => {
  expect(() => changed('social', (sdl) => `${sdl}\ntype {`)).toThrow(/social, line \d+: Syntax Error/);
});

describe('a change of the API', () => {
  test('removing a field breaks clients', async () => {
    const after = changed('social', (sdl) => sdl.replace(score, ''));
    expect(await breaking(after)).toEqual([
      "Field 'mutualCount' was removed from object type 'UserRecommendation'",
    ]);
  });

  test('removing a field after it was deprecated does not', async () => {
    const before = changed('social', (sdl) =>
      sdl.replace(score, '  mutualCount: Int! @deprecated(reason: "x")\n'),
    );
    expect(
      await breaking(
        changed('social', (sdl) => sdl.replace(score, '')),
        before,
      ),
    ).toEqual([]);
  });

  test('a new required argument, and a value that may be null now, break clients', async () => {
    expect(
      await breaking(changed('account', (sdl) => sdl.replace('me: User', 'me(why: String!): User'))),
    ).toHaveLength(1);
    expect(
      await breaking(changed('social', (sdl) => sdl.replace(score, '  mutualCount: Int\n'))),
    ).toHaveLength(1);
  });

  test('a new field does not', async () => {
    const after = changed('social', (sdl) => sdl.replace(score, `${score}  commonTags: Int\n`));
    expect(await breaking(after)).toEqual([]);
    expect(await apiChanges(composed, after)).not.toEqual([]);
  });
});

describe('a comparison without descriptions', () => {
  test('finds a changed description equal', async () => {
    const after = changed('social', (sdl) => sdl.replace(/"""[^"]+"""/, '"""Another text."""'));
    expect(withoutDescriptions(after)).toBe(withoutDescriptions(composed));
    expect(await structuralChanges(composed, after)).toEqual([]);
  });

  test('finds a new field', async () => {
    const after = changed('social', (sdl) => sdl.replace(score, `${score}  commonTags: Int\n`));
    expect(withoutDescriptions(after)).not.toBe(withoutDescriptions(composed));
    expect(await structuralChanges(composed, after)).toEqual([
      {
        isBreaking: false,
        message: "Field 'commonTags' was added to object type 'UserRecommendation'",
        path: 'UserRecommendation.commonTags',
      },
    ]);
  });

  test('finds a changed length of a text, which is in no API schema', () => {
    const { sdl } = sources.find(({ name }) => name === 'account') ?? { sdl: '' };
    expect(withoutDescriptions(sdl.replace('@length(max: 100)', '@length(max: 101)'))).not.toBe(
      withoutDescriptions(sdl),
    );
  });
});
