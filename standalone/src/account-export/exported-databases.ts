import { exportPerson as exportAccount } from '@souk/account/domain/deletion/person-export';
import { exportPerson as exportCatalog } from '@souk/catalog/domain/deletion/person-export';
import { exportPerson as exportOrders } from '@souk/order/domain/deletion/person-export';
import { exportPerson as exportPayments } from '@souk/payment/domain/deletion/person-export';
import { openDataSource } from '@souk/shared/db/data-source';
import type { ExportPerson } from '@souk/shared/db/person-export';
import type { SubgraphName } from '@souk/shared/message';
import { openNeo4j } from '@souk/social/graph-store/neo4j';
import { PostgresGraphStore } from '@souk/social/graph-store/postgres';
import { personExport } from '@souk/social/domain/deletion/person-export';
import type { DataSource } from 'typeorm';
import type { LauncherConfig } from '../config.js';
import { databaseAddress } from '../database-address.js';

/** A subgraph's database with its part of an export. */
export interface ExportedDatabase {
  name: SubgraphName;
  source: DataSource;
  exportPerson: ExportPerson;
}

/** The databases of all subgraphs, of a running Souk in either topology, for reading. */
export interface ExportedDatabases {
  all: readonly ExportedDatabase[];
  close(): Promise<void>;
}

/** Opens the databases. @throws if one is away; no other stays open */
export async function openExports(config: LauncherConfig): Promise<ExportedDatabases> {
  const closes: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of closes.splice(0).reverse()) await end();
  };
  const open = async (name: SubgraphName): Promise<DataSource> => {
    const source = await openDataSource({
      url: await databaseAddress(name, config),
      applicationName: 'souk-account-export',
      entities: [],
      migrations: [],
      // One for the export's transaction, one for the graph of follows.
      poolSize: 2,
    });
    closes.push(() => source.destroy());
    return source;
  };
  try {
    const all: ExportedDatabase[] = [
      { name: 'account', source: await open('account'), exportPerson: exportAccount },
      { name: 'catalog', source: await open('catalog'), exportPerson: exportCatalog },
      { name: 'order', source: await open('order'), exportPerson: exportOrders },
      { name: 'payment', source: await open('payment'), exportPerson: exportPayments },
    ];
    const social = await open('social');
    const { neo4j } = config;
    const connection = neo4j && (await openNeo4j({ ...neo4j, password: neo4j.password ?? null }));
    if (connection) closes.push(() => connection.close());
    const graph = connection?.store ?? new PostgresGraphStore(social.manager);
    return { all: [...all, { name: 'social', source: social, exportPerson: personExport(graph) }], close };
  } catch (error) {
    await close();
    throw error;
  }
}
