import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as account from '@souk/account/database';
import * as catalog from '@souk/catalog/database';
import { openDataSource } from '@souk/shared/db/data-source';
import { newId, toApiId } from '@souk/shared/ids';
import type { DataSource } from 'typeorm';
import { migratedDatabase, queueDatabase } from '../../tests/support/database-template';
import { run as exportCatalog } from '../src/catalog-export';
import { run as importCatalog } from '../src/catalog-import';
import { exitCodeOf } from '../src/command-line';

// Commands on real databases. Each shop has its own. Most run in this process: a start takes longer than a small import.

const commands = { import: importCatalog, export: exportCatalog };

/** A catalog of its own, and the commands on it. */
interface Shop {
  source: DataSource;
  run(command: 'import' | 'export', ...args: string[]): Promise<{ code: number; lines: string[] }>;
  /** Runs a command as operators do. */
  runProcess: Shop['run'];
  /** Imports records as JSON lines. */
  load(records: readonly object[], ...args: string[]): Promise<{ code: number; lines: string[] }>;
}

let directory: string;
let accounts: DataSource;
let accountUrl: string;
let queueUrl: string;
const sources: DataSource[] = [];

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'catalog-files-'));
  accountUrl = await migratedDatabase('account', account);
  queueUrl = await queueDatabase();
  accounts = await open(accountUrl, account);
  process.chdir(directory);
});
afterAll(async () => {
  process.chdir(__dirname);
  await Promise.all(sources.map((source) => source.destroy()));
  await rm(directory, { recursive: true, force: true });
});

async function open(
  url: string,
  { entities, migrations }: Pick<typeof catalog, 'entities' | 'migrations'> | typeof account,
): Promise<DataSource> {
  const source = await openDataSource({
    url,
    applicationName: 'test-catalog-files',
    entities,
    migrations,
    poolSize: 2,
  });
  sources.push(source);
  return source;
}

async function newShop(): Promise<Shop> {
  const url = await migratedDatabase('catalog', catalog);
  const source = await open(url, catalog);
  const environment = {
    DATA_DIR: directory,
    CATALOG_DATABASE_URL: url,
    ACCOUNT_DATABASE_URL: accountUrl,
    QUEUE_DATABASE_URL: queueUrl,
  };
  const run: Shop['run'] = async (command, ...args) => {
    Object.assign(process.env, environment);
    let output = '';
    const writes = [process.stdout, process.stderr].map((stream) =>
      jest.spyOn(stream, 'write').mockImplementation((chunk) => {
        output += String(chunk);
        return true;
      }),
    );
    const code = await exitCodeOf(() => commands[command](args));
    for (const write of writes) write.mockRestore();
    return { code, lines: output.trim().split('\n') };
  };
  const runProcess: Shop['runProcess'] = async (command, ...args) => {
    const main = path.join(__dirname, '../dist', `catalog-${command}.js`);
    const child = spawn(process.execPath, [main, ...args], {
      cwd: directory,
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += String(chunk)));
    const [code] = (await once(child, 'close')) as [number];
    return { code, lines: output.trim().split('\n') };
  };
  const load: Shop['load'] = async (records, ...args) => {
    const text = records.map((record) => JSON.stringify(record)).join('\n');
    await writeFile(path.join(directory, 'load.jsonl'), text);
    return run('import', 'load.jsonl', ...args);
  };
  return { source, run, runProcess, load };
}

const read = (file: string): Promise<string> => readFile(path.join(directory, file), 'utf8');

async function newPartner(slug: string, status = 'VERIFIED'): Promise<string> {
  const id = newId();
  await accounts.transaction(async (manager) => {
    // Without its user: this suite is about the catalog.
    await manager.query('SET LOCAL session_replication_role = replica');
    await manager.query(
      `INSERT INTO partner (id, owner_id, name, slug, status, status_changed_at, created_at)
       VALUES ($1, $2, $3, $3, $4, now(), now())`,
      [id, newId(), slug, status],
    );
  });
  return id;
}

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const eur = (amount: number): object => ({ amount, currency: 'EUR' });
const listing = (slug: string, more: object = {}): object => ({
  type: 'listing',
  kind: 'PRODUCT',
  slug,
  title: `Title of ${slug}`,
  ...more,
});
const offer = (slug: string, more: object = {}): object => ({
  type: 'offer',
  listing: slug,
  price: eur(100),
  ...more,
});

/** Every row that an import writes, with revisions and times. */
async function stateOf({ source }: Shop): Promise<unknown[]> {
  const rows: unknown[] = [];
  for (const table of ['listing', 'offer', 'stock_movement', 'offer_price'])
    rows.push(...(await source.query<unknown[]>(`SELECT t::text FROM ${table} t ORDER BY 1`)));
  return rows;
}

const venueId = newId();
const categoryId = newId();

async function addVenueAndCategory({ source }: Shop): Promise<void> {
  await source.query(
    `INSERT INTO venue (id, name, address, city, country_code, capacity, sections)
     VALUES ($1, 'Hall', 'Street 1', 'Porto', 'PT', 20, $2)`,
    [venueId, JSON.stringify([{ name: 'Stalls', rows: 2, seatsPerRow: 5, x: null, y: null }])],
  );
  await source.query("INSERT INTO category (id, slug, name) VALUES ($1, 'books', 'Books')", [categoryId]);
}

/** Records of all kinds and statuses, with all fields; texts that are hard to write as CSV. */
const assortment = (): object[] => [
  listing('book', {
    status: 'PUBLISHED',
    title: '=SUM(A1), "quoted"',
    summary: 'Two\nlines',
    description: '# Ä 🎫\r\n\t- one',
    seoTitle: '\\N',
    seoDescription: "'=x",
    categoryId: toApiId('category', categoryId),
    tags: ['a,b', 'c'],
    images: [{ url: 'https://example.com/a.png', alt: 'A' }],
    features: { pages: 12, nested: { list: [1, null, 'x'] } },
    brand: '+1',
    weightGrams: 300,
  }),
  offer('book', { upc: 'BOOK-1', title: 'Paper', onHand: 5, compareAtPrice: eur(200), maxPerOrder: 3 }),
  offer('book', { title: 'Digital', salesStartAt: inDays(1), salesEndAt: inDays(9) }),
  listing('walk', {
    kind: 'TOUR',
    status: 'ARCHIVED',
    location: 'Lisbon, Portugal',
    itinerary: [{ name: 'Start', latitude: -1.5, longitude: 2, description: 'x' }],
    durationMinutes: 90,
    difficulty: 'EASY',
    timeZone: 'Europe/Lisbon',
  }),
  offer('walk', { startsAt: inDays(3), onHand: 8 }),
  offer('walk', { startsAt: inDays(4), onHand: 8 }),
  listing('tool', {
    kind: 'APP',
    language: 'pt-BR',
    version: '1.0',
    platforms: ['Linux'],
    website: 'https://example.com/',
  }),
  listing('concert', {
    kind: 'EVENT',
    status: 'PUBLISHED',
    venueId: toApiId('venue', venueId),
    startsAt: inDays(5),
    endsAt: inDays(6),
    doorsOpenAt: inDays(4.9),
  }),
  offer('concert', { sections: ['Stalls'] }),
];

describe('catalog files', () => {
  let full: Shop;
  beforeAll(async () => {
    full = await newShop();
    await addVenueAndCategory(full);
    expect(await full.load(assortment())).toEqual({
      code: 0,
      lines: ['9 created, 0 updated, 0 unchanged, 0 refused.'],
    });
  });

  it('have the statuses, and the ledger of stock the units', async () => {
    expect(
      await full.source.query(
        `SELECT l.slug, l.status, sum(m.on_hand)::int AS units FROM listing l LEFT JOIN offer o ON o.listing_id = l.id
         LEFT JOIN stock_movement m ON m.offer_id = o.id GROUP BY l.id ORDER BY l.slug`,
      ),
    ).toEqual([
      { slug: 'book', status: 'PUBLISHED', units: 5 },
      { slug: 'concert', status: 'PUBLISHED', units: null },
      { slug: 'tool', status: 'DRAFT', units: null },
      { slug: 'walk', status: 'ARCHIVED', units: 16 },
    ]);
  });

  it('are found by search at once, as they would be after single changes', async () => {
    const rows = 'SELECT * FROM search_listing ORDER BY listing_id';
    const imported: unknown[] = await full.source.query(rows);
    expect(imported).toHaveLength(4);
    await full.source.query('SELECT refresh_search_listings(ARRAY(SELECT id FROM listing))');
    expect(imported).toEqual(await full.source.query(rows));
  });

  it.each(['csv', 'jsonl'])(
    'give the same back as %s, and change nothing the second time',
    async (ending) => {
      const first = `first.${ending}`;
      expect(await full.runProcess('export', first)).toEqual({
        code: 0,
        lines: ['9 listings and offers written, 0 left out.'],
      });
      const other = await newShop();
      await addVenueAndCategory(other);
      expect(await other.runProcess('import', first)).toEqual({
        code: 0,
        lines: ['9 created, 0 updated, 0 unchanged, 0 refused.'],
      });
      expect((await other.run('export', `second.${ending}`)).code).toBe(0);
      expect(await read(`second.${ending}`)).toBe(await read(first));
      const before = await stateOf(other);
      expect(before).toHaveLength(4 + 5 + 3 + 5);
      expect(await other.run('import', first)).toEqual({
        code: 0,
        lines: ['0 created, 0 updated, 9 unchanged, 0 refused.'],
      });
      expect(await stateOf(other)).toEqual(before);
    },
  );

  it('change what differs, and leave what a row does not have', async () => {
    const shop = await newShop();
    await shop.load([listing('a', { brand: 'B', summary: 'S' }), offer('a', { upc: 'U1', onHand: 5 })]);
    const csv = 'type,kind,listing,slug,brand,upc,onHand,price.amount,price.currency\n';
    const rows = String.raw`listing,PRODUCT,,a,\N,,,,` + '\noffer,,,,,U1,3,150,EUR\n';
    await writeFile(path.join(directory, 'change.csv'), csv + rows);
    expect(await shop.run('import', 'change.csv')).toEqual({
      code: 0,
      lines: ['0 created, 2 updated, 0 unchanged, 0 refused.'],
    });
    expect(
      await shop.source.query(
        `SELECT l.brand, l.summary, l.price_min::int AS price, o.on_hand,
           (SELECT array_agg(m.on_hand ORDER BY m.created_at) FROM stock_movement m) AS moved
         FROM listing l JOIN offer o ON o.listing_id = l.id`,
      ),
    ).toEqual([{ brand: null, summary: 'S', price: 150, on_hand: 3, moved: [5, -2] }]);
  });

  it('are refused by line and field; the other rows are imported', async () => {
    const shop = await newShop();
    const { code, lines } = await shop.load([
      listing('good'),
      listing('no-title', { title: null }),
      listing('long', { title: 'x'.repeat(201), weightGrams: 'heavy', colour: 'red' }),
      listing('Bad Slug'),
      listing('kind', { kind: 'BOAT' }),
      listing('alone', { status: 'PUBLISHED' }),
      offer('none'),
      offer('good', { upc: 'U1', onHand: 5 }),
      offer('alone', { upc: 'U1' }),
      offer('good', { price: { amount: -1, currency: 'EUR' }, title: 'x' }),
      offer('good', { upc: 'U1', title: 'Changed', onHand: null }),
      { type: 'ship' },
      ['a list'],
    ] as object[]);
    expect(code).toBe(1);
    expect(lines.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'load.jsonl:3 colour INVALID',
      'load.jsonl:3 weightGrams INVALID',
      'load.jsonl:4 slug INVALID',
      'load.jsonl:5 kind INVALID',
      'load.jsonl:12 type INVALID',
      'load.jsonl:13 - INVALID',
      'load.jsonl:2 title INVALID',
      'load.jsonl:7 listing NOT_FOUND',
      'load.jsonl:9 listing CONFLICT',
      'load.jsonl:10 price.amount INVALID',
      'load.jsonl:11 onHand INVALID',
      'load.jsonl:6 status INVALID',
      '3 created, 0',
    ]);
    expect(await shop.source.query('SELECT slug FROM listing ORDER BY slug')).toEqual([
      { slug: 'alone' },
      { slug: 'good' },
    ]);
    expect(await shop.source.query('SELECT upc, title, on_hand, revision FROM offer')).toEqual([
      { upc: 'U1', title: 'Title of good', on_hand: 5, revision: 1 },
    ]);
  });

  it('are refused as CSV by the first line of a row', async () => {
    const shop = await newShop();
    const csv = 'type,kind,slug,title,summary,tags\n';
    const rows = [
      'listing,PRODUCT,a,A,"two\nlines",',
      '',
      'listing,PRODUCT,b,B,"two\nlines",not json',
      'listing,PRODUCT,c',
      'listing,PRODUCT,d,"D,,',
    ];
    await writeFile(path.join(directory, 'rows.csv'), csv + rows.join('\n'));
    const { code, lines } = await shop.run('import', 'rows.csv');
    expect(code).toBe(1);
    expect(lines.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'rows.csv:5 tags INVALID',
      'rows.csv:7 - INVALID',
      'rows.csv:8 - INVALID',
      '1 created, 0',
    ]);
    await writeFile(path.join(directory, 'header.csv'), 'type,colour\n');
    expect(await shop.run('import', 'header.csv')).toEqual({
      code: 2,
      lines: ['There is no column "colour".'],
    });
    await writeFile(path.join(directory, 'latin.jsonl'), Buffer.from('{"type":"\xe4"}', 'latin1'));
    expect(await shop.run('import', 'latin.jsonl')).toEqual({
      code: 2,
      lines: ['latin.jsonl is not encoded in UTF-8.'],
    });
  });

  it('leave nothing in a dry run, whose report is that of the import', async () => {
    const shop = await newShop();
    const records = [
      listing('a', { status: 'PUBLISHED' }),
      ...Array.from({ length: 250 }, (_, index) => listing(`other-${index}`)),
      offer('a'),
      offer('none'),
    ];
    const dry = await shop.load(records, '--dry-run');
    expect(await shop.source.query('SELECT count(*)::int AS rows FROM listing')).toEqual([{ rows: 0 }]);
    const real = await shop.load(records);
    expect(real.lines).toEqual(dry.lines.map((line) => line.replace('Dry run, nothing was changed: ', '')));
    expect(real).toMatchObject({
      code: 1,
      lines: [expect.stringContaining(':253 listing'), expect.anything()],
    });
    expect(await shop.source.query("SELECT slug FROM listing WHERE status = 'PUBLISHED'")).toEqual([
      { slug: 'a' },
    ]);
  });

  it("of a partner concern their listings only, and the platform's only the platform's", async () => {
    const shop = await newShop();
    const partnerId = await newPartner('harbour');
    await newPartner('waiting', 'PENDING');
    await shop.load([listing('ours', { brand: 'B' }), offer('ours', { upc: 'OURS' })]);
    const theirs = [listing('theirs'), offer('theirs', { upc: 'THEIRS' })];
    expect((await shop.load(theirs, '--partner', 'harbour')).code).toBe(0);
    const asPartner = [
      listing('ours', { brand: 'X' }),
      offer('ours', { upc: 'NEW' }),
      { type: 'offer', upc: 'OURS', onHand: 1 },
    ];
    const asPlatform = [listing('theirs', { brand: 'X' }), { type: 'offer', upc: 'THEIRS', price: eur(1) }];
    for (const [records, args, fields] of [
      [asPartner, ['--partner', toApiId('partner', partnerId)], ['slug', 'listing', 'upc']],
      [asPlatform, [], ['slug', 'upc']],
    ] as const) {
      const { lines } = await shop.load(records, ...args);
      expect(lines.slice(0, -1).map((line) => line.split(' ').slice(1, 3).join(' '))).toEqual(
        fields.map((field) => `${field} NOT_OWNER`),
      );
    }
    await shop.run('export', 'theirs.jsonl', '--partner', 'harbour');
    expect((await read('theirs.jsonl')).match(/"(?:slug|upc)":"\w+"/g)).toEqual([
      '"slug":"theirs"',
      '"upc":"THEIRS"',
    ]);
    expect(await shop.source.query('SELECT slug, partner_id, brand FROM listing ORDER BY slug')).toEqual([
      { slug: 'ours', partner_id: null, brand: 'B' },
      { slug: 'theirs', partner_id: partnerId, brand: null },
    ]);
    expect(await shop.load([], '--partner', 'waiting')).toEqual({
      code: 2,
      lines: ['The partner waiting is not verified.'],
    });
  });

  it('of all partners come back from one file, those of a suspended one too, and change nothing', async () => {
    const shop = await newShop();
    const [north, south] = [await newPartner('north'), await newPartner('south')];
    const records = [
      listing('ours', { status: 'PUBLISHED' }),
      offer('ours', { upc: 'O1', onHand: 1 }),
      listing('of-north', { partner: 'north', status: 'PUBLISHED' }),
      offer('of-north', { partner: 'north', onHand: 2 }),
      listing('of-south', { partner: toApiId('partner', south), status: 'ARCHIVED' }),
      offer('of-south', { partner: 'south', upc: 'S1' }),
    ];
    expect((await shop.load(records)).lines).toEqual(['6 created, 0 updated, 0 unchanged, 0 refused.']);
    await accounts.query("UPDATE partner SET status = 'SUSPENDED' WHERE id = $1", [south]);
    const before = await stateOf(shop);
    for (const file of ['everything.csv', 'everything.jsonl']) {
      expect((await shop.run('export', file, '--all')).lines).toEqual([
        '6 listings and offers written, 0 left out.',
      ]);
      expect(await shop.run('import', file)).toEqual({
        code: 0,
        lines: ['0 created, 0 updated, 6 unchanged, 0 refused.'],
      });
    }
    expect(await stateOf(shop)).toEqual(before);
    const changes = [
      listing('of-south', { partner: 'south', brand: 'B' }),
      listing('new-of-south', { partner: 'south' }),
      listing('of-north', { brand: 'B' }),
      listing('of-north', { partner: 'south' }),
      listing('lost', { partner: 'nobody' }),
      listing('odd', { partner: 7 }),
    ];
    const { lines } = await shop.load(changes);
    expect(lines.map((line) => line.split(' ').slice(0, 3).join(' ')).sort()).toEqual([
      '0 created, 1',
      'load.jsonl:2 partner PARTNER_NOT_VERIFIED',
      'load.jsonl:3 slug NOT_OWNER',
      'load.jsonl:4 slug NOT_OWNER',
      'load.jsonl:5 partner NOT_FOUND',
      'load.jsonl:6 partner INVALID',
    ]);
    expect(await shop.load(changes.slice(0, 1), '--partner', 'north')).toMatchObject({
      lines: [expect.stringContaining('partner NOT_OWNER'), '0 created, 0 updated, 0 unchanged, 1 refused.'],
    });
    expect(await shop.source.query('SELECT slug, partner_id, brand FROM listing ORDER BY slug')).toEqual([
      { slug: 'of-north', partner_id: north, brand: null },
      { slug: 'of-south', partner_id: south, brand: 'B' },
      { slug: 'ours', partner_id: null, brand: null },
    ]);
  });

  it('leave out offers that an import could not tell apart', async () => {
    const shop = await newShop();
    await shop.load([listing('a'), offer('a', { title: 'x' }), offer('a', { title: 'y' })]);
    await shop.source.query("UPDATE offer SET title = 'x'");
    const { code, lines } = await shop.run('export', 'twins.csv');
    expect(code).toBe(1);
    expect(lines.join('\n')).toContain('Left out: another offer of a without a UPC is titled "x", too.');
    expect(lines.join('\n')).toContain('2 listings and offers written, 1 left out.');
  });
});
