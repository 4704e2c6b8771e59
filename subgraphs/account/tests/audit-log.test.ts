import { appendPendingActions } from '@souk/account/domain/audit/audit-appender';
import { hashEntry } from '@souk/account/domain/audit/audit-chain';
import { eraseDeletedUsers } from '@souk/account/domain/audit/audit-erasure';
import type { ChainCheck } from '@souk/account/domain/audit/audit-verification';
import { verifyChain } from '@souk/account/domain/audit/audit-verification';
import { readChainedEntries } from '@souk/account/domain/audit/chained-entries';
import { storePendingAction } from '@souk/account/domain/audit/pending-action';
import { auditEvents } from '@souk/shared/contracts/audit';
import type { RecordedAction } from '@souk/shared/contracts/audit';
import { Database } from '@souk/shared/db/database';
import type { Cause } from '@souk/shared/event';
import { noCause } from '@souk/shared/event';
import { firstIdAt, newId, toApiId } from '@souk/shared/ids';
import { createLog } from '@souk/shared/log';
import type { EntityManager } from 'typeorm';
import { eventMessage } from '../../../tests/support/events.js';
import { until } from '../../../tests/support/until.js';
import type { AccountUnderTest, Person } from './support/account.js';
import { errorsOf, startAccount } from './support/account.js';

let account: AccountUnderTest;
let database: Database;
let admin: Person;
const log = createLog('test', 'silent');

beforeAll(async () => {
  account = await startAccount();
  database = new Database(account.subgraph.dependencies.source, () => Promise.resolve(), log);
  admin = await account.admin();
});

afterAll(() => account.close());

interface Entry {
  id: string;
  at: string;
  actor: { id: string; displayName: string } | null;
  action: string;
  targetType: string;
  targetId: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  ipAddress: string | null;
  requestId: string | null;
  position: number;
  hash: string;
  previousHash: string;
}

interface EntryPage {
  nodes: Entry[];
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const listQuery = `query ($filter: AuditFilter, $first: Int, $after: String) {
  auditLog(filter: $filter, first: $first, after: $after) {
    nodes {
      id at actor { id displayName } action targetType targetId before after ipAddress requestId position hash
      previousHash
    }
    totalCount pageInfo { hasNextPage endCursor }
  }
}`;

async function list(filter: object = {}, page: object = {}): Promise<EntryPage> {
  const { data, errors } = await account.run(listQuery, { filter, ...page }, admin);
  expect(errors).toBeUndefined();
  return data?.['auditLog'] as EntryPage;
}

interface Verification {
  valid: boolean;
  checked: number;
  brokenAt: string | null;
  problem: string | null;
  isComplete: boolean;
  endCursor: string | null;
  entryCount: number;
  headHash: string;
}

async function verify(variables: object = {}): Promise<Verification> {
  const { data, errors } = await account.run(
    `query ($from: DateTime, $to: DateTime, $after: String) {
      verifyAuditLog(from: $from, to: $to, after: $after) {
        valid checked brokenAt problem isComplete endCursor entryCount headHash } }`,
    { ...variables },
    admin,
  );
  expect(errors).toBeUndefined();
  return data?.['verifyAuditLog'] as Verification;
}

const action = (fields: Partial<RecordedAction> = {}): RecordedAction => ({
  id: newId(),
  action: 'UPDATE_OFFER',
  targetType: 'OFFER',
  targetId: newId(),
  before: { title: 'A' },
  after: { title: 'B' },
  ...fields,
});

/** Appends actions in their order. */
async function append(actions: readonly RecordedAction[], cause: Partial<Cause> = {}): Promise<void> {
  for (const one of actions) await storePendingAction(database.reader, one, { ...noCause, ...cause });
  await untilAppended();
}

/** The app's own appender may be at work. */
const untilAppended = (): Promise<unknown> =>
  until('the actions are appended', async () => {
    await appendPendingActions(database, log);
    const [row] = await account.query<{ left: number }>('SELECT count(*)::int AS left FROM audit_pending');
    return row?.left === 0;
  });

test('an administrator finds an action with its actor, values, address and request', async () => {
  const person = await account.register();
  const response = await account.subgraph.app.execute({
    query: `mutation ($id: ID!) { suspendUser(userId: $id, reason: "Fraud") { userErrors { code } } }`,
    variables: { id: person.id },
    headers: {
      authorization: `Bearer ${admin.accessToken}`,
      'x-request-id': 'request-1',
      'x-forwarded-for': '2001:DB8:0::1',
    },
  });
  expect(response.errors).toBeUndefined();
  const { nodes } = await until('the entry', async () => {
    const page = await list({ targetId: person.id });
    return page.nodes.length > 0 && page;
  });
  expect(nodes).toEqual([
    {
      id: expect.stringMatching(/^audit_/) as unknown,
      at: expect.any(String) as unknown,
      actor: { id: admin.id, displayName: expect.any(String) as unknown },
      action: 'SUSPEND_USER',
      targetType: 'USER',
      targetId: person.id,
      before: { status: 'ACTIVE' },
      after: { status: 'SUSPENDED', reason: 'Fraud' },
      ipAddress: '2001:db8::1',
      requestId: 'request-1',
      position: expect.any(Number) as unknown,
      hash: expect.stringMatching(/^[\da-f]{64}$/) as unknown,
      previousHash: expect.stringMatching(/^[\da-f]{64}$/) as unknown,
    },
  ]);
  expect(Math.abs(Date.parse(nodes[0]!.at) - Date.now())).toBeLessThan(60_000);
});

test('lists entries newest first, in pages, by every filter', async () => {
  const [actorId, targetId] = [newId(), newId()];
  const times = [1, 2, 3].map((n) => new Date(Date.UTC(2020, 0, n)));
  const entries = times.map((time, index) =>
    action({
      id: firstIdAt(time).replace(/0000$/, '0001'),
      targetId: index === 0 ? newId() : targetId,
      action: index === 2 ? 'CREATE_OFFER' : 'UPDATE_OFFER',
      targetType: index === 1 ? 'VENUE' : 'OFFER',
    }),
  );
  await append(entries, { actorId });
  const ids = entries.map(({ id }) => toApiId('audit', id)).reverse();
  const actor = { actorId: toApiId('user', actorId) };
  const found = async (filter: object): Promise<string[]> =>
    (await list({ ...actor, ...filter })).nodes.map(({ id }) => id);
  expect(await list(actor)).toMatchObject({ totalCount: 3, nodes: ids.map((id) => ({ id })) });
  // The actor has no account here.
  expect((await list(actor)).nodes[0]?.actor?.displayName).toBe('Deleted user');
  const first = await list(actor, { first: 2 });
  expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
  const rest = await list(actor, { first: 2, after: first.pageInfo.endCursor });
  expect([...first.nodes, ...rest.nodes].map(({ id }) => id)).toEqual(ids);
  expect(await found({ action: 'CREATE_OFFER' })).toEqual([ids[0]]);
  expect(await found({ targetType: 'VENUE' })).toEqual([ids[1]]);
  expect(await found({ targetId: toApiId('venue', targetId) })).toEqual([ids[0], ids[1]]);
  expect(await found({ from: times[1] })).toEqual([ids[0], ids[1]]);
  expect(await found({ to: times[1] })).toEqual([ids[2]]);
  expect(await found({ actorId: 'user_x' })).toEqual([]);
});

test('a list of each filter is read from an index', async () => {
  const plans: string[] = [];
  for (const condition of ["actor_id = '00000000-0000-7000-8000-000000000001'", "action = 'ANNOUNCE'"]) {
    await database.source.transaction(async (manager) => {
      await manager.query('SET LOCAL enable_seqscan = off');
      await manager.query('SET LOCAL enable_sort = off');
      const rows: object[] = await manager.query(
        `EXPLAIN SELECT * FROM audit_entry WHERE ${condition} AND id < $1 ORDER BY id DESC LIMIT 51`,
        [newId()],
      );
      plans.push(JSON.stringify(rows));
    });
  }
  expect(plans[0]).toContain('audit_entry_actor');
  expect(plans[1]).toContain('audit_entry_action');
});

test('names of newer versions are OTHER, and keys of settings are target ids', async () => {
  const target = `from.the.future.${newId()}`;
  await append([action({ action: 'LAUNCH_ROCKET', targetType: 'ROCKET', targetId: target })]);
  const { nodes } = await list({ targetId: target });
  expect(nodes).toMatchObject([{ action: 'OTHER', targetType: 'OTHER', targetId: target, actor: null }]);
});

test('an event that is delivered twice, also long after it was appended, leaves one entry', async () => {
  const one = action();
  const message = eventMessage('account', auditEvents.order, one.targetId, one);
  await account.subgraph.send(message);
  await until(
    'the entry',
    async () => (await list({ targetId: toApiId('offer', one.targetId) })).totalCount === 1,
  );
  // The cursors of events are forgotten after a month.
  await account.query('DELETE FROM event_cursor');
  await account.subgraph.send(message);
  await storePendingAction(database.reader, one, noCause);
  await account.query(
    `INSERT INTO audit_pending (id, action, target_type, target_id, change) VALUES ($1, 'X', 'X', 'X', '{}')`,
    [one.id],
  );
  await untilAppended();
  expect((await list({ targetId: toApiId('offer', one.targetId) })).totalCount).toBe(1);
  expect(await verify()).toMatchObject({ valid: true, isComplete: true });
});

test('appenders at the same time make one chain without gaps', async () => {
  const actions = Array.from({ length: 1_300 }, () => action());
  for (const one of actions) await storePendingAction(database.reader, one, noCause);
  await Promise.all(Array.from({ length: 5 }, () => appendPendingActions(database, log)));
  await untilAppended();
  const rows = await account.query<{ seq: string }>('SELECT seq FROM audit_entry ORDER BY seq');
  expect(rows.map(({ seq }) => Number(seq))).toEqual(rows.map((_row, index) => index + 1));
  expect(rows.length).toBeGreaterThanOrEqual(1_300);
  const checked = await verify();
  expect(checked).toMatchObject({ valid: true, checked: rows.length, entryCount: rows.length });
  const [newest] = (await account.query<{ hash: string }>(
    "SELECT encode(hash, 'hex') AS hash FROM audit_entry ORDER BY seq DESC LIMIT 1",
  )) as [{ hash: string }];
  expect(checked.headHash).toBe(newest.hash);
});

test('a mutation does not wait for the appender, and an append does not wait for another', async () => {
  const runner = database.source.createQueryRunner();
  await runner.startTransaction();
  try {
    await runner.query('SELECT FROM audit_head FOR UPDATE');
    const before = await account.query('SELECT FROM audit_entry');
    await account.mutate(
      'mutation { setSystemSetting(key: "catalog.holdMinutes", value: 17) { userErrors { code } } }',
      {},
      admin,
    );
    await until('it is pending', async () => (await account.query('SELECT FROM audit_pending')).length > 0);
    await appendPendingActions(database, log);
    expect(await account.query('SELECT FROM audit_entry')).toHaveLength(before.length);
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
  await until('the entry', async () =>
    (await list({ targetId: 'catalog.holdMinutes' })).nodes.some(({ after }) => after?.['value'] === 17),
  );
});

test('a long check answers with a cursor, and continues there', async () => {
  let pages = 0;
  const first = await verifyChain(database.reader, { from: null, to: null, after: null }, () => ++pages > 1);
  const { seq } = first.head;
  if (seq <= 2_000) await append(Array.from({ length: 2_100 - seq }, () => action()));
  const part = await verifyChain(database.reader, { from: null, to: null, after: null }, () => false);
  expect(part).toMatchObject({ problem: null, checked: 2_000, next: { seq: 2_000, checked: 2_000 } });
  const rest = await verifyChain(database.reader, { from: null, to: null, after: part.next }, () => true);
  expect(rest).toMatchObject({ problem: null, next: null, checked: rest.head.seq });
  const { errors } = await account.run('{ verifyAuditLog(after: "x") { valid } }', {}, admin);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'after' } }]);
});

describe('the check finds', () => {
  /** The place of an entry with every field. */
  let whole = 0;
  const everything = { from: null, to: null, after: null };

  /** Checks the log after a change of it, which is rolled back. */
  async function checkAfter(
    change: (manager: EntityManager, last: number) => Promise<unknown>,
    range: { from: Date | null; to: Date | null } = everything,
  ): Promise<ChainCheck> {
    const runner = database.source.createQueryRunner();
    await runner.startTransaction();
    try {
      const { manager } = runner;
      // Triggers are off, as the owner of the tables can switch them off. The head is locked, so that nothing is appended meanwhile.
      const [head]: { seq: string }[] = await manager.query('SELECT seq FROM audit_head FOR UPDATE');
      await manager.query("SET LOCAL session_replication_role = 'replica'");
      await change(manager, Number(head?.seq));
      return await verifyChain(manager, { after: null, ...range }, () => true);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }

  const idAt = async (seq: number): Promise<string> => {
    const [row] = await account.query<{ id: string }>('SELECT id FROM audit_entry WHERE seq = $1', [seq]);
    return row?.id ?? '';
  };

  const set = (assignment: string, seq: number) => (manager: EntityManager) =>
    manager.query(`UPDATE audit_entry SET ${assignment} WHERE seq = $1`, [seq]);
  const setDetail = (assignment: string, seq: number) => (manager: EntityManager) =>
    manager.query(`UPDATE audit_detail SET ${assignment} WHERE seq = $1`, [seq]);

  beforeAll(async () => {
    await append(
      Array.from({ length: 20 }, () => action()),
      { actorId: newId(), clientAddress: '192.0.2.1', requestId: 'r' },
    );
    const [row] = await account.query<{ seq: number }>(
      "SELECT min(seq)::int AS seq FROM audit_entry WHERE request_id = 'r'",
    );
    whole = row?.seq ?? 0;
  });

  test('nothing in an unchanged log', async () => {
    expect(await checkAfter(() => Promise.resolve())).toMatchObject({ problem: null, brokenAt: null });
  });

  test.each([
    ['actor_id', `actor_id = '00000000-0000-7000-8000-000000000001'`],
    ['action', `action = 'CREATE_OFFER'`],
    ['target_type', `target_type = 'VENUE'`],
    ['target_id', `target_id = 'x'`],
    ['request_id', `request_id = 'x'`],
    ['no request_id', `request_id = NULL`],
    ['the time, which is in the id', `id = '01a22c25-0000-7000-8000-000000000001'`],
    ['change_digest', `change_digest = sha256('x')`],
    ['address_digest', `address_digest = NULL`],
    ['hash', `hash = sha256('x')`],
  ])('another %s', async (_name, assignment) => {
    const { problem, brokenAt } = await checkAfter(set(assignment, whole));
    expect(problem).toBe('ENTRY_CHANGED');
    if (!assignment.startsWith('id')) expect(brokenAt).toBe(await idAt(whole));
  });

  /** Changes an entry and gives it a hash that fits. */
  const forge = (seq: number) => async (manager: EntityManager) => {
    const [entry] = await readChainedEntries(manager, { after: seq - 1, until: seq, limit: 1 });
    const hash = hashEntry({ ...entry!, action: 'DELETE_USER' }, entry!.previousHash);
    await manager.query(
      `UPDATE audit_entry SET action = 'DELETE_USER', hash = decode($2, 'hex') WHERE seq = $1`,
      [seq, hash],
    );
  };

  test('an entry that was changed and hashed again: at the next one, and at the end', async () => {
    expect(await checkAfter(forge(7))).toMatchObject({ problem: 'ENTRY_REPLACED', brokenAt: await idAt(8) });
    const found = await checkAfter((manager, last) => forge(last)(manager));
    expect(found).toMatchObject({ problem: 'END_CHANGED', brokenAt: null });
  });

  test.each([
    ['another value', `change = '{"before":{"title":"A"},"after":{"title":"C"}}'`],
    ['erased values', 'change = NULL, change_salt = NULL'],
    ['another salt', `change_salt = sha256('x')`],
  ])('%s', async (_name, assignment) => {
    expect(await checkAfter(setDetail(assignment, 7))).toMatchObject({
      problem: 'VALUES_CHANGED',
      brokenAt: await idAt(7),
    });
  });

  test.each([
    ['another address', `client_address = '192.0.2.2'`],
    ['an erased address', 'client_address = NULL, address_salt = NULL'],
    ['a lost salt', 'address_salt = NULL'],
  ])('%s', async (_name, assignment) => {
    const found = await checkAfter((manager, last) => setDetail(assignment, last)(manager));
    expect(found.problem).toBe('VALUES_CHANGED');
  });

  test('removed details', async () => {
    const found = await checkAfter((manager) => manager.query('DELETE FROM audit_detail WHERE seq = 7'));
    expect(found).toMatchObject({ problem: 'VALUES_CHANGED', brokenAt: await idAt(7) });
  });

  const remove = (first: number, last: number) => (manager: EntityManager) =>
    manager.query('DELETE FROM audit_entry WHERE seq BETWEEN $1 AND $2', [first, last]);

  test('removed entries: the first one, one in the middle, several', async () => {
    for (const [first, last] of [
      [1, 1],
      [7, 7],
      [7, 12],
    ] as const)
      expect(await checkAfter(remove(first, last))).toMatchObject({
        problem: 'ENTRY_REMOVED',
        brokenAt: await idAt(last + 1),
        checked: first - 1,
      });
  });

  test('removed entries at the end, one and all', async () => {
    for (const count of [1, 3])
      expect(await checkAfter((manager, last) => remove(last - count + 1, last)(manager))).toMatchObject({
        problem: 'ENTRY_REMOVED',
        brokenAt: null,
      });
    expect(await checkAfter((manager, last) => remove(1, last)(manager))).toMatchObject({
      problem: 'ENTRY_REMOVED',
      checked: 0,
    });
  });

  test('another end of the chain', async () => {
    const found = await checkAfter((manager) => manager.query("UPDATE audit_head SET hash = sha256('x')"));
    expect(found).toMatchObject({ problem: 'END_CHANGED', brokenAt: null });
  });

  test('entries that were inserted: before the first, and beyond the end', async () => {
    const copyTo = (seq: number) => (manager: EntityManager) =>
      manager.query(
        `INSERT INTO audit_entry (seq, id, action, target_type, target_id, previous_hash, hash)
         SELECT $1, '00000000-0000-7000-8000-000000000001', action, target_type, target_id, previous_hash, hash
         FROM audit_entry WHERE seq = 7`,
        [seq],
      );
    const inserted = '00000000-0000-7000-8000-000000000001';
    expect(await checkAfter((manager, last) => copyTo(last + 1)(manager))).toMatchObject({
      problem: 'ENTRY_INSERTED',
      brokenAt: inserted,
    });
    expect(await checkAfter(copyTo(0))).toMatchObject({ brokenAt: inserted });
  });

  test('two entries that changed places', async () => {
    const found = await checkAfter(async (manager) => {
      await manager.query('UPDATE audit_entry SET seq = -7 WHERE seq = 7');
      await manager.query('UPDATE audit_entry SET seq = 7 WHERE seq = 8');
      await manager.query('UPDATE audit_entry SET seq = 8 WHERE seq = -7');
    });
    expect(found).toMatchObject({ problem: 'ENTRY_CHANGED', brokenAt: await idAt(8) });
  });

  test('a removed entry in a range, at either side of it, and where the range is empty', async () => {
    const at = new Date();
    const range = { from: new Date(at.getTime() + 10_000), to: new Date(at.getTime() + 20_000) };
    const timed = [5_000, 12_000, 15_000, 18_000, 25_000].map((ms, index) =>
      action({ id: firstIdAt(new Date(at.getTime() + ms)).replace(/0000$/, `000${index + 1}`) }),
    );
    await append(timed);
    const [{ last }] = (await account.query<{ last: number }>('SELECT seq::int AS last FROM audit_head')) as [
      { last: number },
    ];
    expect(await checkAfter(() => Promise.resolve(), range)).toMatchObject({ problem: null, checked: 3 });
    for (const [first, until] of [
      [last - 3, last - 3],
      [last - 2, last - 2],
      [last - 1, last - 1],
      [last - 3, last - 1],
    ] as const)
      expect(await checkAfter(remove(first, until), range)).toMatchObject({ problem: 'ENTRY_REMOVED' });
    // The last entries are gone, and with them the range.
    expect(await checkAfter(remove(last - 3, last), { ...range, to: null })).toMatchObject({
      problem: 'ENTRY_REMOVED',
    });
    const later = { from: new Date(at.getTime() + 60_000), to: null };
    expect(await checkAfter(() => Promise.resolve(), later)).toMatchObject({ problem: null });
    const earlier = { from: null, to: new Date('2019-01-01') };
    expect(await checkAfter(() => Promise.resolve(), earlier)).toMatchObject({ problem: null });
  });
});

test('entries are neither changed nor removed by accident', async () => {
  for (const sql of [
    `UPDATE audit_entry SET action = 'X' WHERE seq = 1`,
    'DELETE FROM audit_entry WHERE seq = 1',
    'TRUNCATE audit_entry CASCADE',
  ])
    await expect(account.query(sql)).rejects.toThrow('never changed or removed');
});

test('after an account is deleted its addresses and the values about it are erased, and the chain holds', async () => {
  const person = newId();
  const ofPerson = { targetType: 'USER', targetId: person };
  await append([action({ ...ofPerson, action: 'SUSPEND_USER', after: { reason: 'Personal.' } })]);
  await append([action({ after: { title: 'Personal.' } })], { actorId: person, clientAddress: '192.0.2.77' });
  await append([action({ ...ofPerson, action: 'DELETE_USER', before: null, after: null })]);
  await eraseDeletedUsers(database);
  // An event that arrives late.
  await append([action({ ...ofPerson, action: 'END_CHECKOUTS', after: { reason: 'Personal.' } })], {
    actorId: person,
    clientAddress: '192.0.2.77',
  });
  const rows = await account.query<{ text: string }>(
    'SELECT d::text AS text FROM audit_detail d JOIN audit_entry e USING (seq) WHERE e.actor_id = $1 OR e.target_id = $1::text',
    [person],
  );
  expect(rows).toHaveLength(4);
  expect(JSON.stringify(rows)).not.toMatch(/Personal|192\.0\.2\.77/);
  const { nodes } = await list({ targetId: toApiId('user', person) });
  expect(nodes).toMatchObject([
    { action: 'END_CHECKOUTS', after: null, ipAddress: null },
    { action: 'DELETE_USER' },
    { action: 'SUSPEND_USER', before: null, after: null },
  ]);
  expect(await verify()).toMatchObject({ valid: true, problem: null });
});

test('the values that a deleted administrator changed stay', async () => {
  const { userId: person } = await account.register();
  await account.query(`UPDATE user_account SET roles = ARRAY['USER', 'ADMIN'] WHERE id = $1`, [person]);
  await append([action({ after: { title: 'A tour' } })], { actorId: person, clientAddress: '192.0.2.78' });
  await append([
    action({ targetType: 'USER', targetId: person, action: 'DELETE_USER', before: null, after: null }),
  ]);
  await eraseDeletedUsers(database);
  const rows = await account.query<{ text: string }>(
    'SELECT d::text AS text FROM audit_detail d JOIN audit_entry e USING (seq) WHERE e.actor_id = $1',
    [person],
  );
  expect(JSON.stringify(rows)).toContain('A tour');
  expect(JSON.stringify(rows)).not.toContain('192.0.2.78');
  expect(await verify()).toMatchObject({ valid: true, problem: null });
});

test('the log is for audit:read', async () => {
  const person = await account.register();
  for (const caller of [person, {}]) {
    for (const query of ['{ auditLog { totalCount } }', '{ verifyAuditLog { valid } }']) {
      const [code] = errorsOf(await account.run(query, {}, caller));
      expect(code).toMatch(/^(FORBIDDEN|UNAUTHENTICATED) /);
    }
  }
});
