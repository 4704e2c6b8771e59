import { notImplemented as accountsMissing } from '@souk/account/resolvers/not-implemented';
import { notImplemented as catalogsMissing } from '@souk/catalog/resolvers/not-implemented';
import { notImplemented as ordersMissing } from '@souk/order/resolvers/not-implemented';
import { notImplemented as paymentsMissing } from '@souk/payment/resolvers/not-implemented';
import { notImplemented as socialsMissing } from '@souk/social/resolvers/not-implemented';
import type { DocumentNode } from 'graphql';
import { parse } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { updateFields } from '../support/update-fields';

const missing: Readonly<Record<string, readonly string[]>> = {
  account: accountsMissing,
  catalog: catalogsMissing,
  order: ordersMissing,
  payment: paymentsMissing,
  social: socialsMissing,
};

function documentOf(name: string): DocumentNode {
  return parse(readFileSync(join(__dirname, `../../subgraphs/${name}/src/schema.graphql`), 'utf8'));
}

/** Optional parts of implemented updates that do not say what null does. */
function silentOnNull(document: DocumentNode, notImplemented: readonly string[]): string[] {
  return updateFields(document).flatMap(({ path, description }) =>
    /\bnull\b/i.test(description) || notImplemented.includes(`Mutation.${path.split('.')[0]}`) ? [] : [path],
  );
}

test.each(Object.keys(missing))('updates of %s say what null does', (name) => {
  expect(silentOnNull(documentOf(name), missing[name] ?? [])).toEqual([]);
});

test('every update whose inputs have optional parts is known', () => {
  const updates = Object.keys(missing).flatMap((name) =>
    updateFields(documentOf(name)).map(({ path }) => path.split('.')[0]),
  );
  // Each has a table of null and absent in a test of its subgraph.
  expect([...new Set(updates)].sort()).toEqual([
    'saveNotificationTemplate',
    'setQuietHours',
    'updateAddress',
    'updateApp',
    'updateCartItem',
    'updateCategory',
    'updateEvent',
    'updateOffer',
    'updatePartner',
    'updateProduct',
    'updateProfile',
    'updateTour',
    'updateVenue',
    'verifyPartner',
  ]);
});

test('a part that does not say it is found, but not one of an item of a list', () => {
  const document = parse(`
    type Mutation {
      updateFolder(id: ID!, "The changes." input: FolderInput!, "Null for the caller's own." owner: ID): Int
      createFolder(size: Int): Int
    }
    "A folder."
    input FolderInput { "Its name." name: String "Null removes it." icon: String labels: [LabelInput!]! access: AccessInput! }
    input LabelInput { color: String }
    "Absent fields stay as they are; null clears them."
    input AccessInput { until: String }
  `);
  expect(silentOnNull(document, [])).toEqual(['updateFolder.input.name']);
  expect(silentOnNull(document, ['Mutation.updateFolder'])).toEqual([]);
});
