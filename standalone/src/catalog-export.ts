import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { exportCatalog } from '@souk/catalog/domain/import/catalog-export';
import type { ExportRecord } from '@souk/catalog/domain/import/catalog-export';
import type { RecordFields } from '@souk/catalog/domain/import/import-record';
import type { Seller } from '@souk/catalog/domain/permissions';
import { RecordReader } from '@souk/catalog/domain/import/record-reader';
import { openCatalog } from './catalog-database.js';
import { writeCsv } from './catalog-file/csv.js';
import { formatOf } from './catalog-file/file-format.js';
import { writeJsonLines } from './catalog-file/json-lines.js';
import { CatalogSellers } from './catalog-sellers.js';
import { runCommand } from './command-line.js';
import type { LauncherConfig } from './config.js';
import { readConfig } from './config.js';

// `npm run catalog:export -- FILE [--partner SLUG_OR_ID | --all]`: writes the listings and offers of a seller, or of all
// sellers with their partners, to a file that catalog:import takes. Exits with 1 if it left offers out, with 2 if it failed.

const usage = 'Usage: npm run catalog:export -- FILE [--partner SLUG_OR_ID | --all]';

/** Writes a file, by the arguments of the command. Returns false if an offer was left out. @throws for any other reason */
export async function run(args: string[] = process.argv.slice(2)): Promise<boolean> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { partner: { type: 'string' }, all: { type: 'boolean', default: false } },
  });
  const [file, ...others] = positionals;
  const { partner, all } = values;
  if (file === undefined || others.length > 0 || (all && partner !== undefined)) throw new Error(usage);
  const format = formatOf(file);
  const config = readConfig(null);
  const sellers = all ? 'all' : await readSeller(partner, config);
  const catalog = await openCatalog(config);
  const draft = `${file}.part`;
  const counts = { written: 0, leftOut: 0 };
  try {
    await catalog.database.source.transaction('REPEATABLE READ', async (manager) => {
      const records = unambiguous(exportCatalog(manager, sellers), counts);
      const text = format === 'csv' ? writeCsv(records, new RecordReader().fields) : writeJsonLines(records);
      await pipeline(Readable.from(text), createWriteStream(draft));
    });
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
    await catalog.close();
  }
  process.stdout.write(`${counts.written} listings and offers written, ${counts.leftOut} left out.\n`);
  return counts.leftOut === 0;
}

async function readSeller(partner: string | undefined, config: LauncherConfig): Promise<Seller> {
  const sellers = new CatalogSellers(config);
  try {
    return await sellers.ofCommand(partner);
  } finally {
    await sellers.close();
  }
}

/** Leaves out, and reports, offers that an import could not distinguish from others. */
async function* unambiguous(
  records: AsyncIterable<ExportRecord>,
  counts: { written: number; leftOut: number },
): AsyncGenerator<RecordFields> {
  for await (const { fields, ambiguous } of records) {
    counts[ambiguous ? 'leftOut' : 'written'] += 1;
    if (!ambiguous) yield fields;
    else
      process.stderr.write(
        `Left out: another offer of ${String(fields['listing'])} without a UPC is titled ${JSON.stringify(fields['title'])}, too.\n`,
      );
  }
}

if (require.main === module) runCommand(run);
