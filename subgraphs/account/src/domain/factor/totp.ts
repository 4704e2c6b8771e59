import { generateSecret, generateURI, verifySync } from 'otplib';
import { toString as renderQrCode } from 'qrcode';

/** Lifetime of a code, by RFC 6238 and as all authenticator apps have it. */
const stepSeconds = 30;
const issuer = 'Souk';

/** Creates a secret of 160 random bits, in base 32. */
export function createTotpSecret(): string {
  return generateSecret();
}

/** The otpauth URI from which an authenticator app reads a secret. */
export function totpUri(secret: string, email: string): string {
  return generateURI({ issuer, label: email, secret, period: stepSeconds });
}

/** A URI as a QR code: an SVG image in a data URL. */
export async function createQrCode(uri: string): Promise<string> {
  const svg = await renderQrCode(uri, { type: 'svg' });
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}

/**
 * The time step of a code (six digits, spaces between are ignored), or null for a wrong one. Accepts the codes of the
 * step before and after the present one: the clock of a phone may differ by 30 seconds. Compares in constant time.
 */
export function findTotpStep(secret: string, code: string, now: Date): number | null {
  const token = code.replace(/\s/g, '');
  if (!/^[0-9]{6}$/.test(token)) return null;
  const result = verifySync({
    secret,
    token,
    epoch: Math.floor(now.getTime() / 1_000),
    period: stepSeconds,
    epochTolerance: stepSeconds,
  });
  return result.valid && 'timeStep' in result ? result.timeStep : null;
}
