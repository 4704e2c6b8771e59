import type { KeyObject } from 'node:crypto';
import { createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { FormattedExecutionResult } from 'graphql';
import jwt from 'jsonwebtoken';
import { tokenAudience, tokenIssuer, tokenVerifier } from '@souk/shared/auth/access-token';
import { localKeys } from '@souk/shared/auth/keys';
import type { Role } from '@souk/shared/auth/scopes';
import { scopesOf } from '@souk/shared/auth/scopes';
import { systemClock } from '@souk/shared/clock';
import type { PaymentRefunded } from '@souk/shared/contracts/payment';
import { paymentEvents } from '@souk/shared/contracts/payment';
import { openDataSource } from '@souk/shared/db/data-source';
import type { Json } from '@souk/shared/errors';
import type { SubgraphApp, SubgraphDependencies } from '@souk/shared/graph/app';
import { eventsOf } from '@souk/shared/graph/subscription';
import { newId, toApiId } from '@souk/shared/ids';
import { noStoredSettings } from '@souk/shared/system-setting';
import { Batcher } from '@souk/shared/async/batcher';
import { createLog } from '@souk/shared/log';
import type { Message, SubgraphName } from '@souk/shared/message';
import type { QueueStore } from '@souk/shared/queue-store';
import { connectQueues } from '@souk/shared/queue/connection';
import { MessageSender } from '@souk/shared/queue/message-sender';
import { MessageWorker } from '@souk/shared/queue/message-worker';
import type { CommandDefinition, PayloadOf } from '@souk/shared/command';
import type { CommandEnvelope, ReplyEnvelope } from '@souk/shared/contracts/saga-envelope';
import { replyEnvelope } from '@souk/shared/contracts/saga-envelope';
import type { DataSource } from 'typeorm';
import type { Tables } from './database-template';
import { dropDatabases, migratedDatabase, queueDatabase } from './database-template';
import { eventReceiver } from './events';
import { RecordedStream } from '@souk/testing/recorded-stream';
import { requireListedCodes } from './listed-codes';
import { StateOwner } from './state-owner';
import { until } from './until';

/** A new database with the tables that every subgraph has, for a suite of what they share. */
export async function openFreshDatabase(label: string, poolSize: number): Promise<DataSource> {
  const tables = { entities: [], migrations: [] };
  const url = await migratedDatabase('shared', tables);
  return openDataSource({ url, applicationName: `test-${label}`, poolSize, ...tables });
}

/** A caller of a test. */
export interface TestUser {
  /** UUID. */
  userId: string;
  /** TypeID. */
  id: string;
  authorization: string;
}

/** One subgraph under test: real PostgreSQL, real queue, and the replies that it sends to order. */
export interface SubgraphUnderTest {
  app: SubgraphApp;
  /** URL of its database, for further connections. */
  databaseUrl: string;
  dependencies: SubgraphDependencies;
  user(roles?: Role[]): TestUser;
  /** Executes an operation as a user, or anonymously. */
  run(
    query: string,
    variables?: Record<string, unknown>,
    user?: TestUser | null,
  ): Promise<FormattedExecutionResult>;
  /** Starts a subscription as a user, or anonymously. */
  watch(
    subscription: string,
    variables?: Record<string, unknown>,
    user?: TestUser | null,
  ): Promise<RecordedStream<FormattedExecutionResult>>;
  /** Sends a saga's command through the queue and waits for its next reply with a final or waiting outcome. */
  command<Command extends CommandDefinition>(
    command: Command,
    payload: PayloadOf<Command>,
    saga: { sagaId: string; step: string; direction?: 'do' | 'undo'; cause?: CommandEnvelope['cause'] },
  ): Promise<ReplyEnvelope['outcome']>;
  /** Replies received so far. */
  replies: ReplyEnvelope[];
  /** Refund events that payment has sent to order. */
  refunds: PaymentRefunded[];
  /** The owner of the states that the subgraph copies. */
  states: StateOwner;
  send(...messages: Message[]): Promise<void>;
  close(): Promise<void>;
}

/** Concurrent sends; the queue has few connections and a short timeout for one. */
const sentAtOnce = 2;
/** Hundreds of commands may be waiting for their replies. */
const replyWithinMs = 60_000;

const log = createLog('test', process.env['TEST_LOG_LEVEL'] ?? 'silent');

/** Starts a subgraph on a new database. Collects its replies in place of order, unless it is order itself. */
export async function startSubgraph(
  name: SubgraphName,
  tables: Tables,
  createApp: (dependencies: SubgraphDependencies) => Promise<SubgraphApp>,
  givenQueue: QueueStore | null = null,
): Promise<SubgraphUnderTest> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ownUrl = await migratedDatabase(name, tables);
  const source = await openDataSource({
    url: ownUrl,
    applicationName: `test-${name}`,
    poolSize: 10,
    ...tables,
  });
  const queueUrl = givenQueue ? null : await queueDatabase();
  const queues = await connectQueues(givenQueue ?? { postgresUrl: queueUrl ?? '' }, log);
  const sender = new MessageSender(queues);
  const states = new StateOwner();
  const dependencies: SubgraphDependencies = {
    source,
    queues,
    sender,
    verifyToken: tokenVerifier(
      localKeys({
        keys: [
          {
            ...createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })).export({ format: 'jwk' }),
            kid: 'test',
          },
        ],
      }),
    ),
    gatewaySecret: null,
    clock: systemClock,
    log,
    settings: noStoredSettings,
    states: states.sources,
    concurrency: 8,
  };
  const app = withListedCodes(await createApp(dependencies));
  await app.start();
  const replies: ReplyEnvelope[] = [];
  const refunds: PaymentRefunded[] = [];
  const collector =
    name === 'order'
      ? null
      : new MessageWorker(
          queues,
          'order',
          {
            reply: async (body) => void replies.push(replyEnvelope.parse(body)),
            ...eventReceiver(
              { paymentRefunded: paymentEvents.paymentRefunded },
              { paymentRefunded: (refund) => refunds.push(refund) },
            ),
          },
          { concurrency: 8, log },
        );
  await collector?.ready();
  const leaving = new Batcher<() => Promise<void>>({
    run: async ([send]) => send?.(),
    maxBatch: 1,
    parallel: sentAtOnce,
  });
  const sendInTurn = (message: Message): Promise<void> =>
    new Promise((resolve, reject) => leaving.add(() => sender.send([message]).then(resolve, reject)));
  return {
    databaseUrl: ownUrl,
    app,
    dependencies,
    states,
    replies,
    refunds,
    user: (roles = ['USER']) => testUser(privateKey, roles),
    run: (query, variables, user) =>
      app.execute({ query, variables, headers: user ? { authorization: user.authorization } : {} }),
    watch: async (query, variables, user) =>
      new RecordedStream(
        eventsOf(
          await app.subscribe({
            query,
            variables,
            headers: user ? { authorization: user.authorization } : {},
          }),
        ),
      ),
    command: async (command, payload, { sagaId, step, direction = 'do', cause }) => {
      const envelope: CommandEnvelope = {
        sagaId,
        transactionId: 'SAGA-TEST',
        position: 0,
        step,
        direction,
        ...(cause && { cause }),
        command: command.name,
        payload: payload as Json,
        replyTo: 'order',
      };
      const before = replies.length;
      await sendInTurn({ queue: name, name: 'command', body: envelope });
      const reply = await until(
        `${command.name} is replied to`,
        () =>
          replies
            .slice(before)
            .find(
              (other) =>
                other.sagaId === sagaId && other.direction === direction && other.outcome.kind !== 'retrying',
            ),
        replyWithinMs,
      );
      return reply.outcome;
    },
    send: (...messages) => sender.send(messages),
    close: async () => {
      await app.close();
      await collector?.close();
      await sender.close();
      await queues.close();
      await dropDatabases(queueUrl === null ? [ownUrl] : [ownUrl, queueUrl]);
    },
  };
}

/** Makes operations fail whose answers have a code that the description of the mutation does not list. */
function withListedCodes(app: SubgraphApp): SubgraphApp {
  const { execute } = app;
  return Object.assign(app, {
    execute: async (request: Parameters<typeof execute>[0]) => {
      const result = await execute(request);
      requireListedCodes(request.query, result.data);
      return result;
    },
  });
}

function testUser(privateKey: KeyObject, roles: Role[]): TestUser {
  const userId = newId();
  const id = toApiId('user', userId);
  const token = jwt.sign(
    { sid: toApiId('session', newId()), roles, scope: scopesOf(roles).join(' ') },
    privateKey,
    {
      algorithm: 'ES256',
      keyid: 'test',
      subject: id,
      issuer: tokenIssuer,
      audience: tokenAudience,
      jwtid: randomUUID(),
      expiresIn: '15m',
    },
  );
  return { userId, id, authorization: `Bearer ${token}` };
}
