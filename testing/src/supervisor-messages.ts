import type { ReadyMessage } from '@souk/standalone/signals';

/** How Souk runs: one process, or one for each subgraph and the gateway. */
export type Topology = 'standalone' | 'distributed';

/** From the test to the supervisor. */
export type Request =
  | { type: 'start'; topology: Topology; environment: Record<string, string> }
  /** Stop Souk, unless it has ended, and start it again on the same data and ports. */
  | { type: 'restart' }
  | { type: 'kill' }
  /** Stop Souk and remove everything. */
  | { type: 'stop' };

/** From the supervisor to the test. */
export type Report =
  /** The process is started; `directory` is the temporary directory that the supervisor will remove. */
  | { type: 'started'; pid: number; directory: string }
  | ReadyMessage
  /** Souk has ended: killed as requested, or on its own. */
  | { type: 'ended' }
  /** Souk could not be started at all. */
  | { type: 'failed'; reason: string };
