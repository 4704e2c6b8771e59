import pino from 'pino';

/** A structured logger; children carry fields such as requestId or transactionId. */
export type Log = pino.Logger;

// Whatever object is logged, these never leave the process.
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

/** A logger that writes JSON lines to standard output. `level` as pino has it. */
export function createLog(name: string, level: string): Log {
  return pino({
    name,
    level,
    redact: {
      paths: secrets.flatMap((secret) => [secret, `*.${secret}`, `*.*.${secret}`]),
      censor: '[redacted]',
    },
  });
}
