import { accountStates } from '@souk/shared/contracts/account';
import { socialStates } from '@souk/shared/contracts/social';
import type { Database } from '@souk/shared/db/database';
import { databaseReplica } from '@souk/shared/db/state-store';
import type { Replica, SubgraphDependencies } from '@souk/shared/graph/app';
import { storePartners } from '../domain/partner-projection.js';
import { storeRatings } from '../domain/rating-projection.js';

/** The states of other subgraphs that catalog has copies of. */
export function createReplicas(
  database: Database,
  dependencies: Pick<SubgraphDependencies, 'states' | 'log'>,
): Replica[] {
  return [
    databaseReplica('catalog', accountStates.partners, database, dependencies, storePartners),
    databaseReplica('catalog', socialStates.ratings, database, dependencies, storeRatings),
  ];
}
