import { isScalarType, isSpecifiedScalarType } from 'graphql';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiSchema } from '../../gateway/src/supergraph/composition.js';

const root = join(__dirname, '../..');
const base = 'https://souk.dev/scalars/';
const api = apiSchema(readFileSync(join(root, 'gateway/supergraph.graphql'), 'utf8'));
const scalars = Object.values(api.getTypeMap()).filter(
  (type) => isScalarType(type) && !isSpecifiedScalarType(type),
);

test('the API has custom scalars', () => {
  expect(scalars.map(({ name }) => name).sort()).toEqual([
    'Date',
    'DateTime',
    'EmailAddress',
    'JSON',
    'SafeInt',
    'URL',
  ]);
});

test.each(scalars.map((type) => [type.name, type] as const))(
  '%s has a description, and a page at its @specifiedBy',
  (name, type) => {
    if (!isScalarType(type)) throw new Error('This is no scalar.');
    expect(type.description).toMatch(/\.$/);
    const url = type.specifiedByURL ?? '';
    expect(url.startsWith(base)).toBe(true);
    const page = join(root, 'docs/scalars', `${url.slice(base.length)}.md`);
    expect(existsSync(page)).toBe(true);
    expect(readFileSync(page, 'utf8')).toMatch(new RegExp(`^# ${name}\n`));
  },
);
