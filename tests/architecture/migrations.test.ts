import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as account from '@souk/account/database';
import * as catalog from '@souk/catalog/database';
import * as order from '@souk/order/database';
import * as payment from '@souk/payment/database';
import * as social from '@souk/social/database';

// A migration or an entity that its subgraph's database.ts does not list has no effect, and nothing else would notice.

type Constructor = new () => object;

/** The classes that the files of a folder export, by file. */
function classesIn(folder: string): Map<string, Constructor> {
  return new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .flatMap((file) => {
        const exported = Object.values(jest.requireActual<Record<string, unknown>>(join(folder, file)));
        const classes = exported.filter(
          (value) => typeof value === 'function' && value.prototype !== undefined,
        );
        return classes.map(
          (value) => [`${file}: ${(value as Constructor).name}`, value as Constructor] as const,
        );
      }),
  );
}

/** Files whose classes are not listed. */
function unlisted(classes: ReadonlyMap<string, Constructor>, listed: readonly unknown[]): string[] {
  return [...classes].filter(([, value]) => !listed.includes(value)).map(([file]) => file);
}

/** Migrations whose class is not named by the time of their file, which decides their order. */
function misnamed(classes: ReadonlyMap<string, Constructor>): string[] {
  return [...classes.keys()].filter((file) => !/^(\d{13})-[a-z0-9-]+\.ts: [A-Z]\w*\1$/.test(file));
}

const databases = { account, catalog, order, payment, social };

describe.each(Object.entries(databases))('%s', (name, { migrations, entities }) => {
  const source = join(__dirname, '../../subgraphs', name, 'src');

  it('lists every migration once', () => {
    expect(unlisted(classesIn(join(source, 'migrations')), migrations)).toEqual([]);
    expect(new Set(migrations).size).toBe(migrations.length);
  });

  it('names each migration by its time', () => {
    expect(misnamed(classesIn(join(source, 'migrations')))).toEqual([]);
  });

  it('lists every entity', () => {
    const classes = [...classesIn(join(source, 'entities'))].filter(([file]) => file.endsWith('Entity'));
    expect(classes.length).toBeGreaterThan(0);
    expect(unlisted(new Map(classes), entities)).toEqual([]);
  });
});

it('finds a planted migration that is not listed, and one whose time differs', () => {
  const classes = classesIn(join(__dirname, '../../subgraphs/order/src/migrations'));
  const [first = ''] = classes.keys();
  const { [0]: _, ...rest } = [...order.migrations];
  expect(unlisted(classes, Object.values(rest))).toHaveLength(1);
  expect(unlisted(classes, [])).toContain(first);
  expect(misnamed(new Map([['1763700000000-order.ts: Order1763700000001', class {}]]))).toHaveLength(1);
  expect(misnamed(new Map([['order.ts: Order1763700000000', class {}]]))).toHaveLength(1);
});
