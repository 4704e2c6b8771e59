/** The response of a subgraph did not arrive in time. */
export class TimedOut extends Error {
  constructor(timeoutMs: number) {
    super(`No response within ${timeoutMs} ms.`);
    this.name = 'TimedOut';
  }
}
