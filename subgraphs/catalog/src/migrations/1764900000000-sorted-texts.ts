import type { MigrationInterface, QueryRunner } from 'typeorm';

const root = 'COLLATE "und-x-icu"';

/** Texts of before inputs were normalized. Rows in form C are not written. */
const normalizations = [
  ...[
    ['category', 'name'],
    ['venue', 'name'],
    ['venue', 'city'],
    ['listing', 'title'],
    ['listing', 'summary'],
    ['listing', 'description'],
    ['listing', 'brand'],
    ['listing', 'location'],
  ].map(
    ([table, column]) =>
      `UPDATE ${table} SET ${column} = normalize(${column}, NFC) WHERE ${column} IS NOT NFC NORMALIZED`,
  ),
  `UPDATE listing SET tags = (
     SELECT array_agg(normalize(tag, NFC) ORDER BY place) FROM unnest(tags) WITH ORDINALITY AS t (tag, place))
   WHERE joined_words(tags) IS NOT NFC NORMALIZED`,
];

/**
 * Sorts names, titles and sections by the root collation of Unicode (CLDR) instead of by code point, where "É" comes
 * after "Z". Cursors compare by the collation of their column or expression.
 */
const collations = [
  `ALTER TABLE category ALTER COLUMN name TYPE text ${root}`,
  `ALTER TABLE venue ALTER COLUMN name TYPE text ${root}`,
  `ALTER TABLE event_seat ALTER COLUMN section TYPE text ${root}`,
  // The type of listing.title cannot change: the generated column for searches depends on it.
  'DROP INDEX listing_title',
  `CREATE INDEX listing_title ON listing ((lower(title) ${root}), id) WHERE status = 'PUBLISHED'`,
  'CREATE INDEX category_name ON category (name, id)',
  'CREATE INDEX venue_name ON venue (name, id)',
  // Lists of children and of a seller's venues are pages by name.
  'DROP INDEX category_children',
  'CREATE INDEX category_children ON category (parent_id, name, id)',
  'DROP INDEX venue_partner',
  'CREATE INDEX venue_partner ON venue (partner_id, name, id)',
];

/** Sorts texts as readers of most languages expect, and stores them in one normal form. */
export class SortedTexts1764900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...normalizations, ...collations]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX venue_partner');
    await runner.query('CREATE INDEX venue_partner ON venue (partner_id)');
    await runner.query('DROP INDEX category_children');
    await runner.query('CREATE INDEX category_children ON category (parent_id)');
    await runner.query('DROP INDEX venue_name');
    await runner.query('DROP INDEX category_name');
    await runner.query('DROP INDEX listing_title');
    await runner.query("CREATE INDEX listing_title ON listing (lower(title), id) WHERE status = 'PUBLISHED'");
    for (const [table, column] of [
      ['event_seat', 'section'],
      ['venue', 'name'],
      ['category', 'name'],
    ])
      await runner.query(`ALTER TABLE ${table} ALTER COLUMN ${column} TYPE text COLLATE "default"`);
  }
}
