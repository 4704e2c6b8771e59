import { notImplemented as accountsMissing } from '@souk/account/resolvers/not-implemented';
import { notImplemented as catalogsMissing } from '@souk/catalog/resolvers/not-implemented';
import { notImplemented as ordersMissing } from '@souk/order/resolvers/not-implemented';
import { notImplemented as paymentsMissing } from '@souk/payment/resolvers/not-implemented';
import { notImplemented as socialsMissing } from '@souk/social/resolvers/not-implemented';
import { apiSchema } from '@souk/gateway/supergraph/composition';
import { joinSchema } from '@souk/shared/graph/joined-schema';
import type { DocumentNode } from 'graphql';
import { parse, printSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  codesByMutation,
  differentTexts,
  undescribed,
  unstatedAccess,
  unlistedCodes,
  unmentionedCodes,
  unstatedRanges,
  wronglyImplemented,
} from '../support/api-descriptions';
import { requireListedCodes } from '../support/listed-codes';

const root = join(__dirname, '../..');
const missing: Readonly<Record<string, readonly string[]>> = {
  account: accountsMissing,
  catalog: catalogsMissing,
  order: ordersMissing,
  payment: paymentsMissing,
  social: socialsMissing,
};

function sdlOf(name: string): string {
  return joinSchema(readFileSync(join(root, `subgraphs/${name}/src/schema.graphql`), 'utf8'));
}

const documents = new Map(Object.keys(missing).map((name) => [name, parse(sdlOf(name))]));

/** Mutations whose descriptions list no codes. */
function withoutCodes(document: DocumentNode): string[] {
  return [...codesByMutation(document)].flatMap(([name, codes]) => (codes === null ? [name] : []));
}

/** A subgraph's SDL after a replacement that must change it. */
function changed(name: string, from: string | RegExp, to: string): DocumentNode {
  const before = sdlOf(name);
  const after = before.replace(from, to);
  if (after === before) throw new Error('The change changes nothing.');
  return parse(after);
}

describe.each([...documents])('the descriptions of %s', (name, document) => {
  test('are complete', () => {
    expect(undescribed(document)).toEqual([]);
  });

  test('state the range of arguments that say how long a list is', () => {
    expect(unstatedRanges(document)).toEqual([]);
  });

  test('list the codes of each mutation, and every code of the subgraph somewhere', () => {
    expect(withoutCodes(document)).toEqual([]);
    expect(unmentionedCodes(document)).toEqual([]);
  });

  test('say who may use a field that not everybody may use', () => {
    expect(unstatedAccess(document)).toEqual([]);
  });

  test('say what is not implemented', () => {
    expect(wronglyImplemented(document, missing[name] ?? [])).toEqual([]);
  });
});

describe('the descriptions of the API', () => {
  test('are complete', () => {
    const supergraph = readFileSync(join(root, 'gateway/supergraph.graphql'), 'utf8');
    expect(undescribed(parse(printSchema(apiSchema(supergraph))))).toEqual([]);
  });

  test('have one text for what several subgraphs describe', () => {
    expect(differentTexts([...documents.values()])).toEqual([]);
  });
});

describe('a violation is found', () => {
  test.each([
    ['a type', '"A folder."\ntype Folder', 'type Folder', 'Folder'],
    ['a field', '"Its name."\n  name', 'name', 'Folder.name'],
    ['an argument', '"Only large ones."\n    large', 'large', 'Folder.files(large:)'],
    ['an input field', '"The new name."\n  to', 'to', 'RenameInput.to'],
    ['an enum value', '"Visible to all."\n  OPEN', 'OPEN', 'Access.OPEN'],
    ['an argument of a directive', '"How long."\n  days', 'days', '@kept(days:)'],
  ])('%s without a description', (_what, described, bare, coordinate) => {
    const sdl = `
"A folder."
type Folder {
  "Its name."
  name: String
  "Its files."
  files(
    "Only large ones."
    large: Boolean
  ): Int
}
"A rename."
input RenameInput {
  "The new name."
  to: ID
}
"Who sees it."
enum Access {
  "Visible to all."
  OPEN
}
"How long it is kept."
directive @kept(
  "How long."
  days: Int
) on OBJECT`;
    expect(undescribed(parse(sdl))).toEqual([]);
    expect(undescribed(parse(sdl.replace(described, bare)))).toEqual([coordinate]);
  });

  test('a range that is not stated, and a default that is another', () => {
    const first = /"Number of orders, 0 to 100; default 20\."(\s+first)/;
    expect(unstatedRanges(changed('order', first, '"Number of orders."$1'))).toEqual(['User.orders(first:)']);
    expect(unstatedRanges(changed('order', first, '"Number of orders, 0 to 100; default 50."$1'))).toEqual([
      'User.orders(first:)',
    ]);
  });

  test('a scope that is not stated, and a field of the caller that does not say whose it is', () => {
    const scope = changed(
      'order',
      'All checkouts, newest first. For orders:manage.',
      'All checkouts, newest first.',
    );
    expect(unstatedAccess(scope)).toEqual(['Query.checkouts']);
    const whose = changed('account', "Changes the caller's profile.", 'Changes a profile.');
    expect(unstatedAccess(whose)).toEqual(['Mutation.updateProfile']);
  });

  test('a mutation that lists no codes, or only words that are none', () => {
    const codes = /Codes: NOT_FOUND, CANNOT_FOLLOW_SELF, BLOCKED[^"]*/;
    expect(withoutCodes(changed('social', codes, ''))).toEqual(['follow']);
    expect(withoutCodes(changed('social', codes, 'Codes: USER_UNKNOWN.\n'))).toEqual(['follow']);
  });

  test('a code that no description mentions', () => {
    const added = changed('social', 'enum ErrorCode {', 'enum ErrorCode {\n  "Too late."\n  TOO_LATE\n');
    expect(unmentionedCodes(added)).toEqual(['TOO_LATE']);
  });

  test('a field that is implemented and says it is not, and the other way around', () => {
    const document = documents.get('social');
    if (!document) throw new Error('There is no subgraph social.');
    expect(wronglyImplemented(document, [...socialsMissing, 'Mutation.follow'])).toEqual(['Mutation.follow']);
    const claimed = changed('social', 'Ends a block by the caller.', 'Ends a block. Not implemented yet.');
    expect(wronglyImplemented(claimed, socialsMissing)).toEqual(['Mutation.unblock']);
  });

  test('a type that another subgraph describes differently', () => {
    const other = changed('payment', /"A person with an account\."/, '"A buyer."');
    expect(differentTexts([...documents.values(), other])).toEqual(['User']);
  });

  test('a code in a response that the mutation does not list', () => {
    const listed = new Map([['follow', ['NOT_FOUND']]]);
    const query = 'mutation { a: follow(userId: "x") { userErrors { code } } }';
    const answer = (code: string) => ({ a: { userErrors: [{ code }] } });
    expect(unlistedCodes(listed, query, answer('BLOCKED'))).toEqual(['follow BLOCKED']);
    expect(unlistedCodes(listed, query, answer('NOT_FOUND'))).toEqual([]);
    expect(unlistedCodes(listed, query, answer('INVALID'))).toEqual([]);
  });

  test('such a code in a response to a test', () => {
    const query = 'mutation { follow(userId: "x") { userErrors { code } } }';
    const answer = (code: string) => ({ follow: { userErrors: [{ code }] } });
    expect(() => requireListedCodes(query, answer('CART_LOCKED'))).toThrow('follow CART_LOCKED');
    expect(() => requireListedCodes(query, answer('NOT_FOUND'))).not.toThrow();
  });
});
