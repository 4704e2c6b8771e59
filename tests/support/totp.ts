import { generateSync } from 'otplib';

/** The code that an authenticator app with this otpauth URI shows at a time. */
export function totpOf(uri: string, time = new Date()): string {
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  return generateSync({ secret, epoch: Math.floor(time.getTime() / 1_000) });
}
