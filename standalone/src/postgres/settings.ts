/** Inputs for the settings of the embedded server. */
export interface ServerNeeds {
  port: number;
  /** Directory of the Unix socket; null for none. */
  socketDir: string | null;
  /** False for tests only: faster, but a power failure damages the database. */
  durable: boolean;
  maxConnections: number;
  sharedBuffersMb: number;
}

/**
 * The server's command line settings. They are passed at each start, so that those of a newer Souk apply at once. Small,
 * because Souk and its database must fit into 450 MB.
 */
export function settingFlags(needs: ServerNeeds): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(needs.port),
    unix_socket_directories: needs.socketDir ?? '',
    max_connections: String(needs.maxConnections),
    timezone: 'UTC',
    log_timezone: 'UTC',

    shared_buffers: `${needs.sharedBuffersMb}MB`,
    work_mem: '2MB',
    maintenance_work_mem: '16MB',
    wal_buffers: '1MB',
    max_wal_size: '128MB',
    min_wal_size: '16MB',
    huge_pages: 'off',
    jit: 'off',

    // A small server on one machine needs no I/O workers, parallel workers or replication.
    io_method: 'sync',
    max_parallel_workers_per_gather: '0',
    max_parallel_maintenance_workers: '0',
    max_parallel_workers: '0',
    max_worker_processes: '0',
    max_logical_replication_workers: '0',
    wal_level: 'minimal',
    max_wal_senders: '0',
    autovacuum_max_workers: '1',
    autovacuum_worker_slots: '1',
    // The working set fits into memory, so the background writer has nothing to do.
    bgwriter_lru_maxpages: '0',
    // Queue and outbox tables change quickly: vacuum often, in small steps.
    autovacuum_naptime: '20s',

    // Statements that name all columns are longer than 1 kB: pg_stat_activity shows their conditions too.
    track_activity_query_size: '4096',
    log_checkpoints: 'off',
    // Constraint violations are expected and handled; the log has only the server's own messages.
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
    // Commits stay synchronous: what is written survives a killed server.
    ...(needs.durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
