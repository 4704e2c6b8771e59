import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { graphError } from '@souk/shared/graph/errors';
import { countLimit } from '@souk/shared/telemetry';

/** Fetches of one plan. Each is a request to a subgraph, or a part of one. */
const maxFetches = 100;

/** @throws GraphQLError OPERATION_TOO_LARGE for a plan with more fetches than the gateway makes for one operation */
export function refuseManyFetches({ node }: QueryPlan): void {
  const fetches = node ? countFetches(node) : 0;
  if (fetches <= maxFetches) return;
  countLimit('planning');
  const message = `The operation needs ${fetches} requests to subgraphs; ${maxFetches} are allowed.`;
  throw graphError('OPERATION_TOO_LARGE', message, { http: { status: 400 } });
}

function countFetches(node: PlanNode | QueryPlan['node']): number {
  switch (node?.kind) {
    case 'Fetch':
      return 1;
    case 'Sequence':
    case 'Parallel':
      return node.nodes.reduce((sum, each) => sum + countFetches(each), 0);
    case 'Flatten':
      return countFetches(node.node);
    case 'Subscription':
      return 1 + countFetches(node.rest);
    default:
      return 0;
  }
}
