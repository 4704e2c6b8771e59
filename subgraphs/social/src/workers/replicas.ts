import { accountStates } from '@souk/shared/contracts/account';
import type { Database } from '@souk/shared/db/database';
import { databaseReplica } from '@souk/shared/db/state-store';
import type { Replica, SubgraphDependencies } from '@souk/shared/graph/app';
import { storePartners } from '../domain/listing-projection.js';
import { storePeople } from '../domain/user-projection.js';

/** The states of other subgraphs that social has copies of. */
export function createReplicas(
  database: Database,
  dependencies: Pick<SubgraphDependencies, 'states' | 'log'>,
): Replica[] {
  return [
    databaseReplica('social', accountStates.people, database, dependencies, storePeople),
    databaseReplica('social', accountStates.partners, database, dependencies, storePartners),
  ];
}
