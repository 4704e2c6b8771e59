import { apiSchema } from '@souk/gateway/supergraph/composition';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RowOutcomes } from '../access/access-matrix.js';
import { expectedOutcomes, triedOutcomes } from '../access/access-matrix.js';
import { AccessObjects } from '../access/access-objects.js';
import { AccessPeople } from '../access/access-people.js';
import { accessTables } from '../access/access-tables.js';
import { signingKey, souk } from '../support/suite-clients.js';

// Every operation and private field, by everybody. Completeness: tests/architecture/access-tables.test.ts.

const schema = apiSchema(readFileSync(join(__dirname, '../../gateway/supergraph.graphql'), 'utf8'));
const shared = new AccessObjects(new AccessPeople({ souk, signingKey }));

describe.each(Object.entries(accessTables))('%s', (_subgraph, table) => {
  let tried: Record<string, RowOutcomes>;

  beforeAll(async () => {
    tried = await triedOutcomes({ souk, signingKey }, schema, table, shared);
  });

  it.each(Object.entries(expectedOutcomes(table)))('%s', (key, expected) => {
    expect(tried[key]).toEqual(expected);
  });
});
