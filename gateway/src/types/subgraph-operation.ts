/** An operation that a plan sends to a subgraph, the same for every run of the plan. */
export interface SubgraphOperation {
  /** The subgraph's name. */
  subgraph: string;
  query: string;
  operationName: string | undefined;
  /** Whether it may be sent twice, and shared. */
  isQuery: boolean;
  /** The request's JSON up to the value of `variables`. */
  bodyStart: string;
}

/** The query text of a fetch without its operation name, which is unique. */
export function queryTextOf({
  query,
  operationName,
}: Pick<SubgraphOperation, 'query' | 'operationName'>): string {
  return operationName === undefined ? query : query.replace(operationName, '');
}

/** The variables of a fetch of entities. */
export function entityVariables(own: string, representations: readonly string[]): string {
  return `{${own}${own === '' ? '' : ','}"representations":[${representations.join(',')}]}`;
}
