import { z } from 'zod';
import { defineCommand } from '../command.js';
import { nothing, uuid } from './values.js';

/** The commands that order handles: it is a participant like the others. */
export const orderCommands = {
  /** Step GENERATE_TOKENS: one token for each unit that is not shipped. */
  generateTokens: defineCommand('order', 'generateTokens', {
    payload: z.object({ orderId: uuid }),
    output: z.object({ tokens: z.int().min(0) }),
  }),
  /** Undo of generateTokens. */
  revokeTokens: defineCommand('order', 'revokeTokens', {
    payload: z.object({ orderId: uuid }),
    output: nothing,
  }),
  /**
   * Step REVOKE_TOKENS of a cancellation: the last moment at which it can be refused. Rejection: NOT_CANCELLABLE
   * (a token was redeemed meanwhile).
   */
  withdrawTokens: defineCommand('order', 'withdrawTokens', {
    payload: z.object({ orderId: uuid }),
    output: nothing,
  }),
};
