import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Consumer } from './support/consumer';
import { makeConsumer } from './support/consumer';

// The kit as a project outside of this repository uses it, with the test runner of Node.js.

const root = join(__dirname, '../..');
let consumer: Consumer;
beforeAll(async () => {
  consumer = await makeConsumer();
});
afterAll(() => consumer.remove());

/** The first example of a page that imports the kit. */
function exampleOf(page: string): string {
  const example = /```ts\n((?:(?!```).)*from '@souk\/testing';.*?)```/s.exec(
    readFileSync(join(root, page), 'utf8'),
  )?.[1];
  if (example === undefined) throw new Error(`${page} has no example.`);
  return example;
}

test("the README's example passes under node --test, as JavaScript, and compiles in strict TypeScript", async () => {
  const example = exampleOf('README.md');
  expect(await consumer.test('readme.test.mjs', example)).toContain('# pass 1');
  expect(await consumer.compile('readme.test.mts', example)).toBe('');
}, 300_000);

test("the example of the kit's README is the same", () => {
  expect(exampleOf('testing/README.md')).toBe(exampleOf('README.md'));
});

const typed = `
  import assert from 'node:assert/strict';
  import test from 'node:test';
  import { LoginDocument } from '@souk/client/generated/operations';
  import { connectSouk } from '@souk/testing/souk-connection';
  import { startSouk } from '@souk/testing';
  import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
  import { parse } from 'graphql';

  const text = 'query ($first: Int) { listings(first: $first) { totalCount } }';
  const document: TypedDocumentNode<{ listings: { totalCount: number | null } }, { first?: number }> = parse(text);

  test('two at once are isolated, with settings, an administrator and people of their own', async () => {
    await using first = await startSouk({ settings: { 'catalog.lowStockThreshold': 7 } });
    await using second = await startSouk({ demo: false });
    const count = async (souk: typeof first): Promise<number | null> =>
      (await souk.anonymous.run(document)).listings.totalCount;
    assert.ok(((await count(first)) ?? 0) >= 12);
    assert.equal(await count(second), 0);

    const { accessToken, user } = await first.anonymous.mutate(LoginDocument, {
      email: 'friend@souk.test',
      password: 'souk-demo-2026',
    });
    assert.equal(user?.displayName, 'Frida');
    const buyer = await first.newBuyer();
    assert.notEqual(buyer.userId, null);
    await assert.rejects(second.as({ email: buyer.email ?? '', password: 'correct horse battery' }), /BAD_CREDENTIALS/);

    const other = connectSouk(JSON.parse(JSON.stringify(first.addresses)));
    const { systemSettings } = (await other.admin.run('{ systemSettings { key value } }')) as {
      systemSettings: { key: string; value: number }[];
    };
    assert.equal(systemSettings.find(({ key }) => key === 'catalog.lowStockThreshold')?.value, 7);
    await assert.rejects(other.friend.run('{ systemSettings { key } }'), /FORBIDDEN/);
    other.friend.useToken(accessToken);
    assert.deepEqual(await other.friend.run('{ me { displayName } }'), { me: { displayName: 'Frida' } });
  });
`;

test('a typed program compiles, and two Souks at once are isolated', async () => {
  expect(await consumer.compile('typed.test.ts', typed)).toBe('');
  const compiled = readFileSync(join(consumer.directory, 'typed.test.js'), 'utf8');
  expect(await consumer.test('typed.test.js', compiled)).toContain('# pass 1');
}, 300_000);

test('plain Jest, which cannot require ES modules, loads all of it', async () => {
  const files = readdirSync(join(root, 'testing/dist')).filter(
    (file) => file.endsWith('.js') && file !== 'supervisor.js',
  );
  const program = `
    test.each(${JSON.stringify(files)})('%s', (file) => {
      expect(require('@souk/testing/' + file.replace('.js', ''))).toBeDefined();
    });
    test('the package', () => expect(require('@souk/testing').startSouk).toBeInstanceOf(Function));
    test('the supervisor is not public', () => expect(() => require('@souk/testing/supervisor')).toThrow());
  `;
  expect(await consumer.jest('load.test.js', program)).toContain(`${files.length + 2} passed`);
});

const mistakes: readonly (readonly [string, RegExp])[] = [
  ["souk.buyer.run(ListingsDocument, { filter: { kinds: ['BOAT'] } })", /'"BOAT"' is not assignable/],
  ["souk.buyer.run(LoginDocument, { email: 'a@b.example' })", /'password' is missing/],
  ['souk.buyer.run(LoginDocument)', /not assignable/],
  ["souk.setSystemSetting('platform.maintenance', 1)", /not assignable to parameter of type 'boolean'/],
  ["souk.simulator.injectFault({ kind: 'explosion' })", /'"explosion"' is not assignable/],
  ["startSouk({ topology: 'cloud' })", /'"cloud"' is not assignable/],
];

test('mistakes do not compile', async () => {
  const imports = [
    "import { ListingsDocument, LoginDocument } from '@souk/client/generated/operations';",
    "import { startSouk } from '@souk/testing';",
    'const souk = await startSouk();',
  ];
  const program = [...imports, ...mistakes.map(([expression]) => `void ${expression};`)].join('\n');
  const problems = await consumer.compile('mistakes.ts', program);
  for (const [index, [expression, problem]] of mistakes.entries()) {
    const ofLine = problems
      .split('\nmistakes')
      .filter((text) => text.includes(`(${imports.length + index + 1},`));
    expect([expression, ofLine.join()]).toEqual([expression, expect.stringMatching(problem)]);
  }
});
