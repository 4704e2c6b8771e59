import { cacheDependenciesHeader, cacheDependenciesOf } from '@souk/shared/graph/cache-dependencies';
import type { KeptEntities } from '../read-cache/kept-entities.js';
import type { RunReads } from '../read-cache/run-reads.js';
import { joining } from './joined-calls.js';
import type { Asking } from './plan-run.js';
import { entityVariables } from './plan-run.js';
import type { Caller, Subgraphs } from './subgraphs.js';

/**
 * How a run asks subgraphs on a caller's behalf. Public entities are taken from `kept`; what the run was read from is
 * added up in `reads`. Null: they are not wanted.
 */
export function askingOf(
  subgraphs: Subgraphs,
  caller: Caller,
  kept: KeptEntities | null,
  reads: RunReads | null,
): Asking {
  const curious: Caller =
    kept || reads ? { ...caller, headers: { ...caller.headers, [cacheDependenciesHeader]: '1' } } : caller;
  const ask: Asking['ask'] = reads
    ? async (operation, variables) => {
        const result = await subgraphs.ask(operation, variables, curious);
        reads.note(operation.subgraph, cacheDependenciesOf(result));
        return result;
      }
    : (operation, variables) => subgraphs.ask(operation, variables, caller);
  const askEntities: Asking['askEntities'] = (operation, own, representations) => {
    if (!kept?.isPublic(operation)) return ask(operation, entityVariables(own, representations));
    return kept.fetch(
      { operation, own, representations },
      {
        language: caller.headers['accept-language'] ?? '',
        send: (variables) => subgraphs.ask(operation, variables, curious),
        reads,
      },
    );
  };
  return joining({ ask, askEntities });
}
