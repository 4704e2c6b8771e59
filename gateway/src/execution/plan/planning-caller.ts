import { clientKey } from '../../limits/client-key.js';
import type { GatewayContext } from '../../types/request.js';
import type { PlanningCaller } from './planning.js';

/** The caller on whose behalf the operations of a request are planned. */
export function callerOf({
  identity,
  scope,
  cancellation,
  charge,
}: Pick<GatewayContext, 'identity' | 'scope' | 'cancellation' | 'charge'>): PlanningCaller {
  return {
    client: clientKey(identity, scope.address),
    address: clientKey(null, scope.address),
    cancellation,
    onPlanned: charge && ((ms) => charge.payForPlanning(ms)),
  };
}
