import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import type { RequestContext } from '@souk/shared/graph/context';
import type { IssueAccessToken } from './domain/session/access-token.js';
import type { Loaders } from './loaders.js';

/** What account's resolvers know of a request. */
export interface Context extends RequestContext {
  database: Database;
  clock: Clock;
  issueAccessToken: IssueAccessToken;
  /** Accounts that may be made from one network within an hour; 0: any number. */
  registrationsPerHour: number;
  loaders: Loaders;
}
