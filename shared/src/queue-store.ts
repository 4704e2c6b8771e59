/** The store of queues and change notifications: Redis, or a PostgreSQL database. */
export type QueueStore = { redisUrl: string } | { postgresUrl: string };
