import type { Checkout, Ending, Scenario } from './scenario.js';
import { checkoutOf } from './scenario.js';

/** The load to generate. */
export interface LoadPlan {
  inFlight: number;
  /** No checkout begins after this long. */
  seconds: number;
  /** Nor after this many. */
  atMost: number;
}

/** The result of a load. */
export interface LoadResult {
  endings: Record<Ending, number>;
  /** From the first begin to the last end. */
  elapsedMs: number;
  /** Of each checkout, from its begin to its end, in milliseconds; in no order. */
  latenciesMs: number[];
}

const patienceMs = 120_000;

/** Keeps `inFlight` checkouts under way until time or number is reached, then waits for those that run. */
export async function load(
  checkout: (checkout: Checkout) => Promise<Ending>,
  scenario: Scenario,
  plan: LoadPlan,
  firstNumber: number,
): Promise<LoadResult> {
  const result: LoadResult = { endings: { completed: 0, failed: 0 }, elapsedMs: 0, latenciesMs: [] };
  const begunAt = performance.now();
  let begun = 0;
  const loop = async (): Promise<void> => {
    while (begun < plan.atMost && performance.now() - begunAt < plan.seconds * 1_000) {
      const next = checkoutOf(scenario, firstNumber + begun);
      begun += 1;
      const at = performance.now();
      const ending = await checkout(next);
      result.latenciesMs.push(performance.now() - at);
      result.endings[ending] += 1;
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => {
        const { completed, failed } = result.endings;
        reject(new Error(`Of ${begun} checkouts only ${completed + failed} ended in time.`));
      },
      plan.seconds * 1_000 + patienceMs,
    );
  });
  try {
    await Promise.race([Promise.all(Array.from({ length: plan.inFlight }, loop)), late]);
  } finally {
    clearTimeout(timer);
  }
  result.elapsedMs = performance.now() - begunAt;
  return result;
}
