import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { possibleTypes } from '@souk/client/possible-types';
import { scalars } from '@souk/client/scalars';
import { apiSchema } from '@souk/gateway/supergraph/composition';
import { isAbstractType, isScalarType, specifiedScalarTypes } from 'graphql';
import { runConsumer } from '../support/run-consumer';
import type { PackedPackage } from '../support/packed-packages';
import { installPacked } from '../support/packed-packages';

const schema = apiSchema(readFileSync(join(__dirname, '../../gateway/supergraph.graphql'), 'utf8'));

let directory: string;
let installed: PackedPackage;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'client-package-'));
  const [client] = await installPacked(directory, ['client']);
  if (!client) throw new Error('The client was not packed.');
  installed = client;
});
afterAll(() => rm(directory, { recursive: true, force: true }));

it('can be published, and needs no package of this repository', () => {
  const { name, private: isPrivate, license, dependencies, peerDependencies = {} } = installed.manifest;
  expect([name, isPrivate, license]).toEqual(['@souk/client', undefined, 'MIT']);
  const needed = Object.keys({ ...dependencies, ...peerDependencies });
  expect(needed.filter((other) => /souk/.test(other))).toEqual([]);
});

it('has its modules with their types, its documents, and nothing else', () => {
  const { files } = installed;
  for (const module of ['souk-client', 'example', 'scalars', 'possible-types', 'generated/operations'])
    for (const ending of ['.js', '.d.ts']) expect(files).toContain(`dist/${module}${ending}`);
  expect(files).toContain('operations/checkout.graphql');
  expect(files).toContain('LICENSE');
  const expected = /^(dist\/.+\.(js|d\.ts)|operations\/\w+\.graphql|package\.json|README\.md|LICENSE)$/;
  expect(files.filter((file) => !expected.test(file) || file.startsWith('dist/main.'))).toEqual([]);
});

it('maps every scalar of the API', () => {
  const standard = new Set(specifiedScalarTypes.map(({ name }) => name));
  const custom = Object.values(schema.getTypeMap()).filter(
    (type) => isScalarType(type) && !standard.has(type.name),
  );
  expect(Object.keys(scalars).sort()).toEqual(['ID', ...custom.map(({ name }) => name)].sort());
});

it('lists the possible types of every interface and union of the API', () => {
  const types = Object.values(schema.getTypeMap()).filter(isAbstractType);
  expect(possibleTypes).toEqual(
    Object.fromEntries(
      types.map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
    ),
  );
});

const consumer = `
  import { ListingsDocument } from '@souk/client/generated/operations';
  import { possibleTypes } from '@souk/client/possible-types';
  import { scalars } from '@souk/client/scalars';
  import { SoukClient } from '@souk/client/souk-client';

  const money: 'number' = scalars.SafeInt;
  const souk: SoukClient = new SoukClient('http://localhost:4000');
  souk.useToken(null);
  console.log(ListingsDocument.toString().includes('query Listings'), money, possibleTypes['Listing']?.length);
`;

it('compiles in a strict ES module, and runs', async () => {
  expect(await runConsumer(directory, consumer, [])).toBe('true number 4\n');
});

it('has types that refuse a wrong variable', async () => {
  const wrong = `
    import { ListingsDocument } from '@souk/client/generated/operations';
    import { SoukClient } from '@souk/client/souk-client';
    await new SoukClient('http://localhost:4000').run(ListingsDocument, { filter: { kinds: ['BOAT'] } });
  `;
  await expect(runConsumer(directory, wrong, [])).rejects.toThrow(/'"BOAT"' is not assignable/);
});
