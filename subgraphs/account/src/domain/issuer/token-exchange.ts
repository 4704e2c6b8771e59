import { createSecretToken } from '@souk/shared/auth/secret-token';
import type { ExchangeToken } from '@souk/shared/auth/token-exchange';
import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import { hashPassword } from '../identity/password.js';
import type { IssueAccessToken } from '../session/access-token.js';
import type { ExternalIssuer } from './external-issuer.js';
import { readExternalProfile } from './external-profile.js';
import type { Newcomer } from './external-sign-in.js';
import { findLinkedUser, signInExternally } from './external-sign-in.js';
import type { ExternalToken } from './external-token.js';
import { verifyExternalToken } from './external-token.js';
import { openIssuer } from './issuer-connection.js';

/** The parts of an exchange. */
export interface TokenExchangeOptions {
  issuers: readonly ExternalIssuer[];
  database: Database;
  clock: Clock;
  issueAccessToken: IssueAccessToken;
}

/** Creates the exchange of external access tokens. It asks issuers outside of transactions. */
export function createTokenExchange({
  issuers,
  database,
  clock,
  issueAccessToken,
}: TokenExchangeOptions): ExchangeToken {
  const connections = new Map(issuers.map((config) => [config.issuer, openIssuer(config)]));
  return async (text) => {
    const token = await verifyExternalToken(text, connections);
    const isKnown = (await findLinkedUser(database.reader, token)) !== null;
    const newcomer = isKnown ? null : await readNewcomer(token);
    return database.transact((manager, outbox) =>
      signInExternally({ manager, outbox, now: clock.now() }, token, newcomer, issueAccessToken),
    );
  };
}

async function readNewcomer(token: ExternalToken): Promise<Newcomer> {
  const profile = await readExternalProfile(token);
  return { profile, passwordHash: await hashPassword(createSecretToken()) };
}
