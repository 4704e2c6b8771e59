import { notImplemented as accountsMissing } from '@souk/account/resolvers/not-implemented';
import { notImplemented as catalogsMissing } from '@souk/catalog/resolvers/not-implemented';
import { notImplemented as ordersMissing } from '@souk/order/resolvers/not-implemented';
import { notImplemented as paymentsMissing } from '@souk/payment/resolvers/not-implemented';
import { notImplemented as socialsMissing } from '@souk/social/resolvers/not-implemented';
import { apiSchema } from '@souk/gateway/supergraph/composition';
import type { Example } from '@souk/reference/examples';
import { readExamples } from '@souk/reference/examples';
import { polishPage } from '@souk/reference/page-polish';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { exampleProblems, operationsWithoutExample } from '../support/example-problems';

// docs/api: `npm run docs:api` writes the pages, `npm run docs:examples` records the responses.

const root = join(__dirname, '../..');
const schema = apiSchema(readFileSync(join(root, 'gateway/supergraph.graphql'), 'utf8'));
const missing = [accountsMissing, catalogsMissing, ordersMissing, paymentsMissing, socialsMissing].flat();
const examples = readExamples(root);
const pages = execFileSync('git', ['ls-files', 'docs/api', 'docs/scalars'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((path) => path.endsWith('.md'));

/** Links of a page to files that are not committed. */
function brokenLinks(page: string, text: string): string[] {
  const known = new Set(pages);
  return [...text.matchAll(/\]\(([^)#\s]+)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^\w+:/.test(target))
    .filter((target) => !known.has(posix.join(posix.dirname(page), target)));
}

function exampleNamed(coordinate: string, change: Partial<Example> = {}): Example {
  const found = examples.find((example) => example.coordinate === coordinate);
  if (!found) throw new Error(`There is no example of ${coordinate}.`);
  return { ...found, ...change };
}

describe('the examples in docs/api/examples', () => {
  test('there is one for each operation that is implemented', () => {
    expect(operationsWithoutExample(schema, missing, examples)).toEqual([]);
  });

  test('fit the API, name other examples that exist, and have a recorded response', () => {
    expect(exampleProblems(schema, examples)).toEqual([]);
  });

  test('a missing one is found', () => {
    const rest = examples.filter(({ coordinate }) => coordinate !== 'Query.order');
    expect(operationsWithoutExample(schema, missing, rest)).toContain('Query.order');
  });

  const planted: readonly (readonly [string, Partial<Example>, string])[] = [
    [
      'a field that does not exist',
      { document: 'query { order(id: "x") { nothing } }' },
      'Cannot query field',
    ],
    ['another root field', { document: 'query { offer(id: "x") { id } }' }, 'selects offer'],
    ['an alias of the root field', { document: 'query { o: order(id: "x") { id } }' }, 'selects o'],
    ['an example that does not exist', { after: ['Query.nothing'] }, 'names Query.nothing'],
    [
      'a value of an example that does not exist',
      { variables: { id: '{Query.nothing.id}' } },
      'names Query.nothing',
    ],
    ['a variable without a value', { variables: {} }, '$id has no value'],
    ['a value without a variable', { variables: { id: 'x', more: 1 } }, '$more is not declared'],
    ['an example that needs itself', { after: ['Query.checkout'] }, 'needs itself'],
    ['no recorded response', { recorded: undefined }, 'npm run docs:examples'],
  ];

  test.each(planted)('a violation is found: %s', (_what, change, message) => {
    const changed = examples.map((example) =>
      example.coordinate === 'Query.order' ? exampleNamed('Query.order', change) : example,
    );
    expect(exampleProblems(schema, changed).join('\n')).toContain(message);
  });
});

describe('the pages in docs/api', () => {
  test('link to pages that exist', () => {
    const broken = pages.flatMap((page) =>
      brokenLinks(page, readFileSync(join(root, page), 'utf8')).map((target) => `${page} -> ${target}`),
    );
    expect(broken).toEqual([]);
    expect(brokenLinks('docs/api/README.md', '[a](types/objects/nothing.md)')).toEqual([
      'types/objects/nothing.md',
    ]);
  });

  test('state who may call an operation, its cost, its codes, and its example', () => {
    const orders = readFileSync(join(root, 'docs/api/operations/queries/orders.md'), 'utf8');
    expect(orders).toContain('Access: scope `orders:manage`.');
    expect(orders).toContain('Cost: `edges` and `nodes` are counted as many items as `first` says.');
    const follow = readFileSync(join(root, 'docs/api/operations/mutations/follow.md'), 'utf8');
    expect(follow).toContain('Access: signed-in callers.');
    expect(follow).toMatch(/^Codes: NOT_FOUND/m);
    expect(follow).toContain('```graphql\nmutation Follow($userId: ID!)');
    expect(follow).toContain('"followedByMe": true');
  });
});

test('a generated page becomes plain Markdown', () => {
  const generated = [
    '# orders',
    '',
    'See BAD&#x005F;USER&#x005F;INPUT.',
    'Codes: A&#x005F;B.',
    '### Directives',
    '#### [`listSize`](/types/directives/list-size)',
    ' Cost: counted as 5 items.',
    '### Fields',
    '#### [`orders`](#)',
    '',
    '[`[Order!]!`](/types/objects/order)  ',
    'All of them.',
    '##### [`first`](#)',
    '',
    '[`Int`](/types/scalars/int)  ',
    'How many,',
    'at most 5.',
    '### Member Of',
    '[`User`](/types/objects/user)  , [`Partner`](/types/objects/partner)',
  ].join('\n');
  expect(polishPage(generated)).toBe(`# orders

See BAD_USER_INPUT.

Codes: A_B.

## Fields

### \`orders\`

[\`[Order!]!\`](../../types/objects/order.md)

All of them.

- \`first\`, [\`Int\`](../../types/scalars/int.md): How many, at most 5.

## Used by

[\`User\`](../../types/objects/user.md) · [\`Partner\`](../../types/objects/partner.md)
`);
});
