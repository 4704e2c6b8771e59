import { generateKeyPairSync } from 'node:crypto';
import type { FormattedExecutionResult } from 'graphql';
import type { DataSource } from 'typeorm';
import { gatewaySecretHeader } from '@souk/shared/auth/gateway-secret';
import { localKeys } from '@souk/shared/auth/keys';
import { Cancellation, ClientGone } from '@souk/shared/cancellation';
import { Database } from '@souk/shared/db/database';
import { readEnv } from '@souk/shared/env';
import type { SubgraphApp, SubgraphDependencies } from '@souk/shared/graph/app';
import type { RequestContext } from '@souk/shared/graph/context';
import { causeOf } from '@souk/shared/graph/context';
import type { RunningSubgraph } from '@souk/shared/graph/process';
import { runSubgraph } from '@souk/shared/graph/process';
import { processVariables } from '@souk/shared/graph/process-environment';
import { loadSchema } from '@souk/shared/graph/schema';
import type { SubgraphExecutor } from '@souk/shared/graph/server';
import { createSubgraphServer } from '@souk/shared/graph/server';
import { connect } from '@souk/shared/postgres';
import { z } from 'zod';
import { freshDatabaseUrl } from '../../tests/support/database-template.js';
import { until } from '../../tests/support/until.js';

const secret = 'the secret of the gateway';
const poolSize = 2;
const url = freshDatabaseUrl('statements');
const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

interface Context extends RequestContext {
  database: Database;
}

const sdl = /* GraphQL */ `
  extend schema
    @link(
      url: "https://specs.apollo.dev/federation/v2.11"
      import: ["@key", "@shareable", "@authenticated", "@tag", "@cost", "@listSize"]
    )
  enum ErrorCode {
    INVALID
  }
  type Query {
    sleep(seconds: Float!): Int
    sleepInTransaction(seconds: Float!): Int
    answer: Int
  }
  type Mutation {
    write("At most 100 characters." note: String! @length(max: 100), seconds: Float!): Int
    writeLocked("At most 100 characters." note: String! @length(max: 100)): Int
  }
`;

const resolvers = {
  Query: {
    sleep: async (_: unknown, { seconds }: { seconds: number }, { database }: Context) => {
      await database.reader.query('SELECT pg_sleep($1)', [seconds]);
      return 1;
    },
    sleepInTransaction: (_: unknown, { seconds }: { seconds: number }, { database }: Context) =>
      database.transact(async (manager) => {
        await manager.query('SELECT pg_sleep($1)', [seconds]);
        return 1;
      }),
    answer: async (_: unknown, _none: unknown, { database }: Context) => {
      const [row] = await database.reader.query<{ one: number }[]>('SELECT 1 AS one');
      return row?.one;
    },
  },
  Mutation: {
    write: (_: unknown, { note, seconds }: { note: string; seconds: number }, { database }: Context) =>
      database.transact(async (manager) => {
        await manager.query('INSERT INTO note VALUES ($1)', [note]);
        await manager.query('SELECT pg_sleep($1)', [seconds]);
        return 1;
      }),
    writeLocked: (_: unknown, { note }: { note: string }, { database }: Context) =>
      database.transact(async (manager) => {
        await manager.query('INSERT INTO note VALUES ($1)', [note]);
        await manager.query(`SELECT FROM note WHERE text = 'locked' FOR UPDATE`);
        return 1;
      }),
  },
};

let running: RunningSubgraph;
let source: DataSource;
let execute: SubgraphExecutor;

beforeAll(async () => {
  running = await runSubgraph({
    name: 'social',
    environment: readEnv(z.object(processVariables), {
      PORT: '0',
      GATEWAY_SECRET: secret,
      LOG_LEVEL: 'silent',
      QUEUE_DATABASE_URL: freshDatabaseUrl('queue'),
      DATABASE_POOL: String(poolSize),
    }),
    ownDatabaseUrl: url,
    store: { entities: [], migrations: [] },
    keys: () => localKeys({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'test' }] }),
    knowsSessions: true,
    createApp: (dependencies: SubgraphDependencies) => {
      ({ source } = dependencies);
      const database = new Database(source, () => Promise.resolve(), dependencies.log);
      const server = createSubgraphServer<Context>({
        schema: loadSchema(sdl, resolvers, []),
        contextOf: (request) => ({
          ...request,
          database: database.within(request.work.cancellation, causeOf(request)),
        }),
        verifyToken: dependencies.verifyToken,
        gatewaySecret: null,
        log: dependencies.log,
      });
      ({ execute } = server);
      return Promise.resolve<SubgraphApp>({
        name: 'social',
        execute,
        subscribe: server.subscribe,
        router: null,
        internalRouter: null,
        unreadyReasons: () => Promise.resolve([]),
        start: () => Promise.resolve(),
        close: () => database.close(),
      });
    },
  });
  await source.query('CREATE TABLE note (text text)');
  await source.query(`INSERT INTO note VALUES ('locked')`);
});

afterAll(() => running.close());

const send = (
  query: string,
  {
    timeoutMs = 10_000,
    cancellation = null,
  }: { timeoutMs?: number; cancellation?: Cancellation | null } = {},
): Promise<FormattedExecutionResult> =>
  execute({ query, headers: { 'x-souk-timeout-ms': String(timeoutMs) }, cancellation });

const codesOf = ({ errors }: FormattedExecutionResult): unknown[] =>
  (errors ?? []).map(({ extensions }) => extensions?.['code']);

/** Statements of the subgraph that match and run, or hold a transaction open. */
async function activeStatements(like: string): Promise<number> {
  const client = await connect(url);
  try {
    const { rows } = await client.query<{ count: number }>(
      `SELECT count(*)::int FROM pg_stat_activity
       WHERE application_name = 'souk-social' AND state <> 'idle' AND query LIKE $1`,
      [like],
    );
    return rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
}

const begins = (like = '%pg_sleep%'): Promise<boolean> =>
  until('the statement to run', async () => (await activeStatements(like)) > 0);
const ends = (like = '%'): Promise<boolean> =>
  until('no statement to run', async () => (await activeStatements(like)) === 0, 5_000);

const notes = async (): Promise<string[]> =>
  (await source.query<{ text: string }[]>('SELECT text FROM note ORDER BY 1')).map(({ text }) => text);

/** That all connections of the pool answer, at once and one after the other. */
async function expectWholePool(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    const answers = await Promise.all(Array.from({ length: poolSize * 3 }, () => send('{ answer }')));
    for (const answer of answers) expect(answer).toEqual({ data: { answer: 1 } });
  }
}

/** Asks over HTTP, and goes when the statement runs. */
async function askAndGo(query: string): Promise<void> {
  const controller = new AbortController();
  const response = fetch(`http://127.0.0.1:${running.port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [gatewaySecretHeader]: secret },
    body: JSON.stringify({ query }),
    signal: controller.signal,
  });
  await begins();
  controller.abort();
  await expect(response).rejects.toThrow();
}

describe('the statement of a query in PostgreSQL', () => {
  it.each(['sleep', 'sleepInTransaction'])('ends at its deadline: %s', async (field) => {
    const answer = send(`{ a: ${field}(seconds: 60) b: ${field}(seconds: 60) }`, { timeoutMs: 500 });
    await begins();
    expect(codesOf(await answer)).toEqual(['TIMEOUT']);
    await ends();
    await expectWholePool();
  });

  it('ends when its caller, a function, goes', async () => {
    const cancellation = new Cancellation();
    const answer = send('{ sleep(seconds: 60) }', { cancellation });
    await begins();
    cancellation.cancel(new ClientGone());
    expect(codesOf(await answer)).toEqual(['TIMEOUT']);
    await ends();
    await expectWholePool();
  });

  it('ends when its caller disconnects', async () => {
    await askAndGo('{ sleep(seconds: 60) }');
    await ends();
    await expectWholePool();
  });

  it('does not begin when a connection comes free only after its end', async () => {
    const holding = [1, 2].map(() => send('{ sleep(seconds: 60) }', { timeoutMs: 1_000 }));
    await begins();
    const waiting = await send('{ sleep(seconds: 59) }', { timeoutMs: 100 });
    expect(codesOf(waiting)).toEqual(['TIMEOUT']);
    await Promise.all(holding);
    await ends();
    await expectWholePool();
  });

  it('ends without an effect on others that share the connections', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        index % 2 === 0 ? send('{ sleep(seconds: 60) }', { timeoutMs: 20 + index }) : send('{ answer }'),
      ),
    );
    answers.forEach((answer, index) => {
      if (index % 2 === 0) expect(codesOf(answer)).toEqual(['TIMEOUT']);
      else expect(answer).toEqual({ data: { answer: 1 } });
    });
    await ends();
  });
});

describe('the transaction of a mutation', () => {
  it('rolls back whole at the deadline, a locked row or not', async () => {
    const other = await connect(url);
    try {
      await other.query('BEGIN');
      await other.query(`SELECT FROM note WHERE text = 'locked' FOR UPDATE`);
      const answer = send('mutation { writeLocked(note: "too late") }', { timeoutMs: 500 });
      await begins('%FOR UPDATE%');
      expect(codesOf(await answer)).toEqual(['TIMEOUT']);
      await ends('SELECT FROM note%');
    } finally {
      await other.end();
    }
    await ends();
    expect(
      codesOf(await send('mutation { write(note: "too late", seconds: 60) }', { timeoutMs: 300 })),
    ).toEqual(['TIMEOUT']);
    await ends();
    expect(await notes()).toEqual(['locked']);
    await expectWholePool();
  });

  it('does not end when its caller disconnects', async () => {
    await askAndGo('mutation { write(note: "done", seconds: 1) }');
    expect(await until('the note', async () => (await notes()).includes('done'))).toBe(true);
    await expectWholePool();
  });
});
