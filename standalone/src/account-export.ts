import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { findExportedPerson } from '@souk/account/domain/deletion/person-export';
import type { ExportedPerson } from '@souk/shared/db/person-export';
import { connect, queryableOf } from '@souk/shared/postgres';
import { writeExport } from './account-export/export-text.js';
import { openExports } from './account-export/exported-databases.js';
import { runCommand } from './command-line.js';
import type { LauncherConfig } from './config.js';
import { readConfig } from './config.js';
import { databaseAddress } from './database-address.js';

// `npm run account:export -- EMAIL [FILE]`: writes all data about a person as JSON, to a file or to the standard output.
// Exits with 1 if the e-mail address has no account, with 2 if it failed.

const usage = 'Usage: npm run account:export -- EMAIL [FILE]';

async function run(): Promise<boolean> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [email, file, ...others] = positionals;
  if (email === undefined || others.length > 0) throw new Error(usage);
  const config = readConfig(null);
  const person = await findPerson(email, config);
  if (!person) {
    process.stderr.write('There is no account with this e-mail address.\n');
    return false;
  }
  const databases = await openExports(config);
  try {
    const text = Readable.from(writeExport(databases, person, new Date()));
    if (file === undefined) await pipeline(text, process.stdout, { end: false });
    else await writeFile(file, text);
  } finally {
    await databases.close();
  }
  return true;
}

async function findPerson(email: string, config: LauncherConfig): Promise<ExportedPerson | null> {
  const accounts = await connect(await databaseAddress('account', config));
  try {
    return await findExportedPerson(queryableOf(accounts), email);
  } finally {
    await accounts.end();
  }
}

/** Writes a file of its owner only, whole or not at all. */
async function writeFile(file: string, text: Readable): Promise<void> {
  const draft = `${file}.part`;
  try {
    await pipeline(text, createWriteStream(draft, { mode: 0o600 }));
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

runCommand(run);
