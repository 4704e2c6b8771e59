import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { CatalogImport } from '@souk/catalog/domain/import/catalog-import';
import type { ImportTotals } from '@souk/catalog/domain/import/catalog-import';
import type { Seller } from '@souk/catalog/domain/permissions';
import { RecordReader } from '@souk/catalog/domain/import/record-reader';
import { systemClock } from '@souk/shared/clock';
import { Presets, SingleBar } from 'cli-progress';
import { openCatalog } from './catalog-database.js';
import { readCsv } from './catalog-file/csv.js';
import { formatOf } from './catalog-file/file-format.js';
import { readText } from './catalog-file/file-text.js';
import { readJsonLines } from './catalog-file/json-lines.js';
import { CatalogSellers } from './catalog-sellers.js';
import { runCommand } from './command-line.js';
import type { LauncherConfig } from './config.js';
import { readConfig } from './config.js';

// `npm run catalog:import -- FILE [--partner SLUG_OR_ID] [--dry-run]`: creates and updates listings and offers from a
// file, and reports what was refused by line. Exits with 1 if anything was, with 2 if the import ended early.

const usage = 'Usage: npm run catalog:import -- FILE [--partner SLUG_OR_ID] [--dry-run]';

/** Imports a file, by the arguments of the command. Returns false if a record was refused. @throws for any other reason */
export async function run(args: string[] = process.argv.slice(2)): Promise<boolean> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { partner: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
  });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new Error(usage);
  formatOf(file);
  const config = readConfig(null);
  const sellers = new CatalogSellers(config);
  try {
    const seller = await sellers.ofCommand(values.partner);
    return await importFile(file, { seller, sellers, dryRun: values['dry-run'], config });
  } finally {
    await sellers.close();
  }
}

/** Control sequences of terminals. */
const clearLine = '\r\u001b[K';
const saveCursor = '\u001b7';

interface Import {
  /** Of records that name no partner. */
  seller: Seller;
  sellers: CatalogSellers;
  dryRun: boolean;
  config: LauncherConfig;
}

async function importFile(file: string, { seller, sellers, dryRun, config }: Import): Promise<boolean> {
  const format = formatOf(file);
  const { size } = await stat(file);
  const catalog = await openCatalog(config);
  const bar = new SingleBar(
    {
      format: '{bar} {percentage}% {rows} rows',
      hideCursor: true,
      // A line of the report may have replaced the bar.
      forceRedraw: true,
      // On a terminal, the summary replaces the bar.
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  let bytes = 0;
  let rows = 0;
  bar.start(size, 0, { rows });
  const stop = (): void => {
    if (!bar.isActive) return;
    // The bar returns to the place where it began, which may have lines of the report by now.
    if (process.stderr.isTTY) process.stderr.write(saveCursor);
    bar.stop();
  };
  try {
    const reader = new RecordReader();
    const text = readText(file, (length) => (bytes += length));
    const records = format === 'csv' ? readCsv(text, reader.fields) : readJsonLines(text);
    const run = new CatalogImport({
      database: catalog.database,
      seller,
      sellerOf: (partner) => sellers.find(partner),
      clock: systemClock,
      reader,
      report: ({ line, field, code, message }) => {
        if (process.stderr.isTTY) process.stderr.write(clearLine);
        process.stdout.write(`${file}:${line} ${field ?? '-'} ${code} ${message}\n`);
      },
      progress: (count) => {
        rows += count;
        bar.update(bytes, { rows });
      },
    });
    const totals = await (dryRun ? run.dryRun(records) : run.run(records));
    stop();
    process.stdout.write(summary(totals, dryRun));
    return totals.refused === 0;
  } finally {
    stop();
    await catalog.close();
  }
}

function summary({ created, updated, unchanged, refused }: ImportTotals, dryRun: boolean): string {
  const counts = `${created} created, ${updated} updated, ${unchanged} unchanged, ${refused} refused.`;
  return `${dryRun ? 'Dry run, nothing was changed: ' : ''}${counts}\n`;
}

if (require.main === module) runCommand(run);
