import { SimulatorRefused } from '@souk/testing/stripe-simulator';

/** Whether the simulator answers a call: false while it is down or fails. A declined card is an answer. */
export async function isAnswered(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    return error instanceof SimulatorRefused && error.status < 500;
  }
}
