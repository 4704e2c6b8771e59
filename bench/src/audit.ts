import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { entities, migrations } from '@souk/account/database';
import { appendPendingActions } from '@souk/account/domain/audit/audit-appender';
import { verifyChain } from '@souk/account/domain/audit/audit-verification';
import { readChainedEntries } from '@souk/account/domain/audit/chained-entries';
import { openDataSource } from '@souk/shared/db/data-source';
import { Database } from '@souk/shared/db/database';
import { createLog } from '@souk/shared/log';
import { databaseUrl } from '@souk/shared/postgres';
import { startPostgres } from '@souk/standalone/postgres/server';

// `npm run bench:audit`: the appender writes 1,000,000 entries of the audit log, and verifyAuditLog's function checks
// them all. Beside it the same pages are read without any check: what PostgreSQL and the driver take alone.

const entries = Number(process.env['AUDIT_ENTRIES'] ?? 1_000_000);
const pendingAtOnce = 50_000;
const pageSize = 2_000;
const poolSize = 4;

/** Seconds and the processor time of this process in seconds. */
async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number; cpu: number }> {
  const [began, used] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(used);
  return { result, seconds: (performance.now() - began) / 1_000, cpu: (user + system) / 1_000_000 };
}

async function run(): Promise<void> {
  const log = createLog('bench', 'silent');
  const directory = await mkdtemp(path.join(tmpdir(), 'souk-bench-'));
  // The database's user has to pass when this runs as root.
  await chmod(directory, 0o711);
  const postgres = await startPostgres({ dataDir: directory, log: () => undefined });
  const url = databaseUrl(postgres.url, 'souk_account');
  const source = await openDataSource({ url, applicationName: 'bench', poolSize, entities, migrations });
  const database = new Database(
    source,
    () => Promise.resolve(),
    log,
    () => undefined,
  );
  try {
    let appending = 0;
    for (let written = 0; written < entries; written += pendingAtOnce) {
      await source.query(
        `INSERT INTO audit_pending (id, actor_id, action, target_type, target_id, request_id, client_address, change)
         SELECT uuidv7(), gen_random_uuid(), 'UPDATE_OFFER', 'OFFER', gen_random_uuid()::text, gen_random_uuid()::text,
           '2001:db8::' || i % 65536, json_build_object('before', json_build_object('title', 'Standing ' || i, 'price', i),
             'after', json_build_object('title', 'Standing ' || i, 'price', i + 100))
         FROM generate_series(1, $1::int) AS i`,
        [Math.min(pendingAtOnce, entries - written)],
      );
      appending += (await timed(() => appendPendingActions(database, log))).seconds;
    }
    const all = { from: null, to: null, after: null };
    const check = await timed(() => verifyChain(source, all, () => true));
    const read = await timed(async () => {
      let count = 0;
      for (let after = 0; ;) {
        const page = await readChainedEntries(source, { after, until: entries, limit: pageSize });
        count += page.length;
        if (page.length < pageSize) return count;
        after = page.at(-1)?.seq ?? 0;
      }
    });
    // An attacker with the rights of the owner can switch off the trigger that refuses changes.
    await source.query('ALTER TABLE audit_entry DISABLE TRIGGER ALL');
    await source.query(`UPDATE audit_entry SET action = 'ADJUST_STOCK' WHERE seq = $1`, [entries - 1]);
    const found = await timed(() => verifyChain(source, all, () => true));
    const { valid, checked } = { valid: check.result.problem === null, checked: check.result.checked };
    if (!valid || checked !== entries || read.result !== entries || found.result.problem === null)
      throw new Error(`The check failed: ${JSON.stringify([check.result, read.result, found.result])}`);
    const { maxRSS } = process.resourceUsage();
    process.stdout.write(
      [
        `${entries.toLocaleString('en')} entries, ${availableParallelism()} processors`,
        '',
        '| | seconds | entries a second | CPU s of Node |',
        '|---|---|---|---|',
        `| append | ${appending.toFixed(1)} | ${Math.round(entries / appending)} | |`,
        `| check all | ${check.seconds.toFixed(1)} | ${Math.round(entries / check.seconds)} | ${check.cpu.toFixed(1)} |`,
        `| read all, no check | ${read.seconds.toFixed(1)} | ${Math.round(entries / read.seconds)} | ${read.cpu.toFixed(1)} |`,
        `| find a change near the end | ${found.seconds.toFixed(1)} | | ${found.cpu.toFixed(1)} |`,
        '',
        `check / read: ${(check.seconds / read.seconds).toFixed(2)}; ${found.result.problem}; at most ${Math.round(maxRSS / 1024)} MB resident`,
        '',
      ].join('\n'),
    );
  } finally {
    await source.destroy();
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

run().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
