import pino from 'pino';
import { activeSpanIds } from './tracing.js';

/** A structured logger; children carry fields such as requestId or transactionId. */
export type Log = pino.Logger;

// Redacted in every logged object.
const secrets = [
  'password',
  'newPassword',
  'currentPassword',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'clientSecret',
  'client_secret',
  'secret',
  'paymentMethodToken',
  'cookie',
];

/**
 * A logger that writes JSON lines to standard output, or to what is given. `level` as pino has it. A line names the span
 * that it was written in; lines that belong to another one say so themselves (`spanIds`).
 */
export function createLog(name: string, level: string, destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    name,
    level,
    mixin: () => ({ ...activeSpanIds() }),
    redact: {
      paths: secrets.flatMap((secret) => [secret, `*.${secret}`, `*.*.${secret}`]),
      censor: '[redacted]',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
