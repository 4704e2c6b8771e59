import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { CatalogImport } from '@souk/catalog/domain/import/catalog-import';
import type { ImportTotals } from '@souk/catalog/domain/import/catalog-import';
import { RecordReader } from '@souk/catalog/domain/import/record-reader';
import { systemClock } from '@souk/shared/clock';
import { Presets, SingleBar } from 'cli-progress';
import { openCatalog } from './catalog-database.js';
import { readCsv } from './catalog-file/csv.js';
import { formatOf } from './catalog-file/file-format.js';
import { readText } from './catalog-file/file-text.js';
import { readJsonLines } from './catalog-file/json-lines.js';
import { catalogSeller } from './catalog-seller.js';
import { runCommand } from './command-line.js';
import { readConfig } from './config.js';

// `npm run catalog:import -- FILE [--partner SLUG_OR_ID] [--dry-run]`: creates and updates listings and offers from a
// file, and reports what was refused by line. Exits with 1 if anything was, with 2 if the import ended early.

const usage = 'Usage: npm run catalog:import -- FILE [--partner SLUG_OR_ID] [--dry-run]';

async function run(): Promise<boolean> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { partner: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
  });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new Error(usage);
  const format = formatOf(file);
  const { size } = await stat(file);
  const config = readConfig(null);
  const seller = await catalogSeller(values.partner, config);
  const catalog = await openCatalog(config);
  const bar = new SingleBar(
    { format: '{bar} {percentage}% {rows} rows', noTTYOutput: false },
    Presets.shades_classic,
  );
  let bytes = 0;
  let rows = 0;
  bar.start(size, 0, { rows });
  try {
    const reader = new RecordReader();
    const text = readText(file, (length) => (bytes += length));
    const records = format === 'csv' ? readCsv(text, reader.fields) : readJsonLines(text);
    const run = new CatalogImport({
      database: catalog.database,
      seller,
      clock: systemClock,
      reader,
      report: ({ line, field, code, message }) =>
        process.stdout.write(`${file}:${line} ${field ?? '-'} ${code} ${message}\n`),
      progress: (count) => {
        rows += count;
        bar.update(bytes, { rows });
      },
    });
    const totals = await (values['dry-run'] ? run.dryRun(records) : run.run(records));
    bar.stop();
    process.stdout.write(summary(totals, values['dry-run']));
    return totals.refused === 0;
  } finally {
    bar.stop();
    await catalog.close();
  }
}

function summary({ created, updated, unchanged, refused }: ImportTotals, dryRun: boolean): string {
  const counts = `${created} created, ${updated} updated, ${unchanged} unchanged, ${refused} refused.`;
  return `${dryRun ? 'Dry run, nothing was changed: ' : ''}${counts}\n`;
}

runCommand(run);
