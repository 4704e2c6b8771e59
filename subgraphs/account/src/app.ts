import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { ExchangeToken } from '@souk/shared/auth/token-exchange';
import type { JsonWebKeySet } from '@souk/shared/auth/keys';
import { accountCommands, accountStates } from '@souk/shared/contracts/account';
import { Database } from '@souk/shared/db/database';
import { consumeEvents } from '@souk/shared/events/event-consumer';
import type { SubgraphApp, SubgraphDependencies } from '@souk/shared/graph/app';
import { assembleSubgraph } from '@souk/shared/graph/app';
import { causeOf } from '@souk/shared/graph/context';
import { stateRouter } from '@souk/shared/graph/state-router';
import { observeState } from '@souk/shared/notifications/state-notifications';
import { SettingsReplica } from '@souk/shared/replication/settings-replica';
import { TextSeal } from '@souk/shared/auth/text-seal';
import { Orchestrator } from '@souk/shared/saga/orchestrator';
import { participate } from '@souk/shared/saga/participant';
import { countOpenSagas, countStuckSagas, countWorkingSagas } from '@souk/shared/saga/saga-table';
import { readAtScrape } from '@souk/shared/telemetry';
import { everyHour, everyMinute, everyTenSeconds } from '@souk/shared/queue/schedule';
import { Router } from 'express';
import type { Context } from './context.js';
import { completeSessionWaits } from './domain/deletion/account-closure.js';
import { createTokenIssuer } from './domain/session/access-token.js';
import { observeAuditLog } from './domain/audit/audit-metrics.js';
import { appendPendingActions } from './domain/audit/audit-appender.js';
import { eraseDeletedUsers } from './domain/audit/audit-erasure.js';
import { purgeEmailRequests } from './domain/email/email-request-limit.js';
import { purgeEmailTokens } from './domain/email/email-token.js';
import { purgeMfaChallenges } from './domain/factor/mfa-challenge.js';
import { purgePendingEnrolments } from './domain/session/mfa-enrolment.js';
import { purgeCeremonies } from './domain/factor/passkey-ceremony.js';
import type { RelyingParty } from './domain/factor/webauthn.js';
import { resealSecrets } from './domain/factor/secret-rotation.js';
import { ensureAdministrator } from './domain/identity/administrator.js';
import type { ExternalIssuer } from './domain/issuer/external-issuer.js';
import { purgeExternalSessions } from './domain/issuer/external-sign-in.js';
import { createTokenExchange } from './domain/issuer/token-exchange.js';
import { purgeKnownNetworks } from './domain/session/known-network.js';
import { withSessionCheck } from './domain/session/session-check.js';
import { purgeFailures } from './domain/session/login-throttle.js';
import { purgeRegistrations } from './domain/identity/registration-limit.js';
import { purgeSessions, purgeSuccessors } from './domain/session/session-retention.js';
import { createSigningKey } from './domain/session/signing-key.js';
import { endedSessionsRouter } from './http/ended-sessions.js';
import { tokenExchangeRouter } from './http/token-exchange.js';
import { keySetRouter } from './http/key-set.js';
import { createLoaders } from './loaders.js';
import type { AccountStates } from './states.js';
import { readStates, servedStates } from './states.js';
import { notImplemented } from './resolvers/not-implemented.js';
import { resolvers } from './resolvers/resolvers.js';
import { AccountDeletions } from './saga/account-deletions.js';
import { sagaDefinitions } from './saga/definitions.js';
import { sagaNames, sagaStore } from './saga/saga-store.js';
import { commandHandlers } from './workers/commands.js';
import { eventHandlers, retiredEvents, subscribedEvents } from './workers/events.js';

/** Options of account beyond those of every subgraph. */
export interface AccountOptions {
  /** Signs access tokens. A private EC key on P-256; all processes of account need the same one. */
  signingKey: KeyObject;
  /** Encrypt the secrets of authenticator apps: the first all new ones, the others are those that it replaced. */
  mfaEncryptionKeys: readonly [string, ...string[]];
  /** The site that passkeys belong to. */
  relyingParty: RelyingParty;
  /** The first administrator, created at startup unless the e-mail address has an account. Set both or neither. */
  adminEmail?: string | undefined;
  adminPassword?: string | undefined;
  /** Registrations allowed per network and hour unless the setting is stored; unlimited when omitted or 0. */
  registrationsPerHour?: number;
  /** Other issuers whose access tokens are accepted; none when omitted. */
  issuers?: readonly ExternalIssuer[];
}

/** The account subgraph, with its states for other parts of the same process. */
export interface AccountApp extends SubgraphApp {
  states: AccountStates;
  /** Exchanges access tokens of external issuers, for a gateway in the same process. */
  exchangeToken: ExchangeToken;
}

const sweepMs = 1_000;
const appendMs = 500;
const eraseMs = 5_000;
/** Upper bound of the counts in metrics. */
const mostCounted = 100_000;

/** The public keys of a signing key, for launchers that run account and other subgraphs in one process. */
export function createKeySet(signingKey: KeyObject): JsonWebKeySet {
  return createSigningKey(signingKey).publicKeys;
}

/** Creates the account subgraph. @throws ConfigurationError for a weak ADMIN_PASSWORD */
export async function createApp(
  dependencies: Omit<SubgraphDependencies, 'settings' | 'states'>,
  {
    signingKey,
    mfaEncryptionKeys,
    relyingParty,
    adminEmail,
    adminPassword,
    registrationsPerHour = 0,
    issuers = [],
  }: AccountOptions,
): Promise<AccountApp> {
  const { source, sender, clock, log, queues, verifyToken, gatewaySecret } = dependencies;
  const seal = new TextSeal(gatewaySecret);
  const key = createSigningKey(signingKey);
  const issueAccessToken = createTokenIssuer(key);
  const factorSeal = new TextSeal(...mfaEncryptionKeys);
  const changes = queues.changes('account');
  const database = new Database(source, sender.send, log, changes.publish);
  if (adminEmail && adminPassword) {
    await ensureAdministrator(database, { email: adminEmail, password: adminPassword }, clock.now(), log);
  }
  const orchestrator = new Orchestrator({
    database,
    store: sagaStore,
    owner: 'account',
    definitions: sagaDefinitions,
    clock,
    log,
  });
  const deletions = new AccountDeletions({ database, orchestrator, changes });
  const states = readStates(database.reader, clock);
  const exchangeToken = createTokenExchange({ issuers, database, clock, issueAccessToken });
  const settings = new SettingsReplica(
    'account',
    { read: states.systemSettings, observe: observeState(changes, accountStates.systemSettings) },
    log,
  );
  const app = await assembleSubgraph<Context>(
    { ...dependencies, verifyToken: withSessionCheck(verifyToken, database, clock) },
    {
      name: 'account',
      sdlFile: join(__dirname, '../src/schema.graphql'),
      resolvers,
      notImplemented,
      contextOf: (request) => {
        const own = database.within(request.work.cancellation, causeOf(request));
        return {
          ...request,
          database: own,
          clock,
          issueAccessToken,
          seal,
          factorSeal,
          relyingParty,
          deletions,
          settings,
          registrationsPerHour: settings.get('gateway.registrationsPerHour', registrationsPerHour),
          loaders: createLoaders(own.reader, clock, request.cacheDependencies),
          signedIn: new Map(),
        };
      },
      database,
      settings,
      // A database that is away is reported by a check of its own.
      readiness: [() => orchestrator.findReadinessProblem().catch(() => null)],
      handlers: {
        command: participate(database, accountCommands, commandHandlers(settings, clock)),
        ...consumeEvents('account', database, subscribedEvents, eventHandlers(clock, seal), retiredEvents),
        reply: orchestrator.replies,
      },
      tasks: [
        { name: 'audit log', intervalMs: appendMs, run: () => appendPendingActions(database, log) },
        { name: 'audit erasures', intervalMs: eraseMs, run: () => eraseDeletedUsers(database) },
        { name: 'sagas', intervalMs: sweepMs, run: () => orchestrator.sweep() },
        {
          name: 'deletions',
          intervalMs: sweepMs,
          run: () =>
            database.transact((manager, outbox) => completeSessionWaits(manager, outbox, clock.now())),
        },
      ],
      schedules: [
        {
          name: 'sessions',
          cron: everyMinute,
          run: () => purgeSessions(database.reader, clock.now(), settings.get('retention.endedSessionHours')),
        },
        {
          name: 'successors of refresh tokens',
          cron: everyTenSeconds,
          run: () => purgeSuccessors(database.reader),
        },
        {
          name: 'failed logins',
          cron: everyMinute,
          run: () => purgeFailures(database.reader, clock.now(), settings.get('retention.failedLoginHours')),
        },
        {
          name: 'registrations',
          cron: everyMinute,
          run: () => purgeRegistrations(database.reader, clock.now()),
        },
        {
          name: 'requests for e-mails',
          cron: everyMinute,
          run: () => purgeEmailRequests(database.reader, clock.now()),
        },
        {
          name: 'tokens of e-mails',
          cron: everyMinute,
          run: () => purgeEmailTokens(database.reader, clock.now()),
        },
        {
          name: 'challenges of logins',
          cron: everyMinute,
          run: () => purgeMfaChallenges(database.reader, clock.now()),
        },
        {
          name: 'ceremonies of passkeys',
          cron: everyMinute,
          run: () => purgeCeremonies(database.reader, clock.now()),
        },
        {
          name: 'unconfirmed authenticator apps',
          cron: everyMinute,
          run: () => purgePendingEnrolments(database.reader, clock.now()),
        },
        {
          name: 'secrets of replaced keys',
          cron: everyHour,
          run: () => resealSecrets(database, factorSeal, log),
        },
        {
          name: 'external sessions',
          cron: everyMinute,
          run: () => purgeExternalSessions(database.reader, clock.now()),
        },
        {
          name: 'known networks',
          cron: everyMinute,
          run: () =>
            purgeKnownNetworks(database.reader, clock.now(), settings.get('retention.knownNetworkDays')),
        },
      ],
      router: keySetRouter(key.publicKeys),
      internalRouter: Router().use(
        stateRouter(servedStates(states)),
        endedSessionsRouter(states.endedSessions),
        tokenExchangeRouter(exchangeToken),
      ),
    },
  );
  let forgetReadings: (() => void)[] = [];
  return {
    ...app,
    states,
    exchangeToken,
    start: async () => {
      await app.start();
      forgetReadings = [
        ...observeAuditLog(database.reader),
        readAtScrape('sagasOpen', 'account', () => countOpenSagas(database.reader, mostCounted)),
        readAtScrape('sagasWorking', 'account', () =>
          countWorkingSagas(database.reader, sagaNames, mostCounted),
        ),
        readAtScrape('sagasStuck', 'account', () => countStuckSagas(database.reader, sagaNames)),
      ];
    },
    close: async () => {
      for (const forget of forgetReadings) forget();
      await settings.close();
      await app.close();
    },
  };
}
