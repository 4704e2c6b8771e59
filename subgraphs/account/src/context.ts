import type { TextSeal } from '@souk/shared/auth/text-seal';
import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import type { RequestContext } from '@souk/shared/graph/context';
import type { SystemSettings } from '@souk/shared/system-setting';
import type { IssueAccessToken } from './domain/session/access-token.js';
import type { RelyingParty } from './domain/factor/webauthn.js';
import type { Loaders } from './loaders.js';
import type { AccountDeletions } from './saga/account-deletions.js';

/** The context of account's resolvers. */
export interface Context extends RequestContext {
  database: Database;
  clock: Clock;
  issueAccessToken: IssueAccessToken;
  /** Seals the tokens of e-mails. */
  seal: TextSeal;
  /** Seals the secrets of authenticator apps. */
  factorSeal: TextSeal;
  /** The site that passkeys belong to. */
  relyingParty: RelyingParty;
  deletions: AccountDeletions;
  settings: SystemSettings;
  /** Registrations allowed per network and hour; 0: unlimited. */
  registrationsPerHour: number;
  loaders: Loaders;
  /** The sessions that this operation has begun or refreshed: UUIDs of sessions by the UUID of their user. */
  signedIn: Map<string, string>;
}
