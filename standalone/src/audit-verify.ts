import { parseArgs } from 'node:util';
import type { Anchor } from '@souk/account/domain/audit/audit-anchor';
import { findBrokenAnchors } from '@souk/account/domain/audit/audit-anchor';
import type { ChainCheck } from '@souk/account/domain/audit/audit-verification';
import { verifyChain } from '@souk/account/domain/audit/audit-verification';
import { toApiId } from '@souk/shared/ids';
import { connect, queryableOf } from '@souk/shared/postgres';
import { runCommand } from './command-line.js';
import { readConfig } from './config.js';
import { databaseAddress } from './database-address.js';

// `npm run audit:verify [-- --anchor POSITION:HASH ...]`: checks the whole audit log in account's database, and that
// entries have the hashes that were noted elsewhere. Exits with 1 if something is wrong.

const usage = 'Usage: npm run audit:verify -- [--anchor POSITION:HASH ...]';

async function run(): Promise<boolean> {
  const { values } = parseArgs({ options: { anchor: { type: 'string', multiple: true, default: [] } } });
  const anchors = values.anchor.map(readAnchor);
  const client = await connect(await databaseAddress('account', readConfig(null)));
  try {
    const database = queryableOf(client);
    const check = await verifyChain(database, { from: null, to: null, after: null }, () => true);
    const broken = await findBrokenAnchors(database, anchors);
    process.stdout.write(report(check, anchors, broken));
    return check.problem === null && broken.length === 0;
  } finally {
    await client.end();
  }
}

function readAnchor(text: string): Anchor {
  const [, position, hash] = /^([1-9]\d{0,14}):([\da-f]{64})$/.exec(text) ?? [];
  if (position === undefined || hash === undefined) throw new Error(`${text} is no anchor. ${usage}`);
  return { position: Number(position), hash };
}

function report(check: ChainCheck, anchors: readonly Anchor[], broken: readonly Anchor[]): string {
  const { problem, brokenAt, checked, head } = check;
  const where = brokenAt === null ? 'at the end of the log' : `at ${toApiId('audit', brokenAt)}`;
  const lines = [
    problem === null
      ? `${checked} entries: the chain is whole.`
      : `${problem} ${where}, after ${checked} entries.`,
    `The head is ${head.seq}:${head.hash}`,
    ...broken.map(({ position }) => `Entry ${position} does not have the hash of the anchor.`),
    ...(anchors.length > 0 && broken.length === 0 ? [`All ${anchors.length} anchors hold.`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

runCommand(run);
