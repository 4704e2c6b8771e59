import type { KeyObject } from 'node:crypto';
import { createPublicKey } from 'node:crypto';
import type { JWK } from 'jose';
import { calculateJwkThumbprint, CompactSign, exportJWK } from 'jose';
import { toString as drawQrCode } from 'qrcode';
import { toApiId } from '@souk/shared/ids';
import type { TokenEntity } from '../../entities/token.js';

/** Signed fields of a token, which a scanner can verify offline. */
type Signed = Pick<TokenEntity, 'id' | 'code' | 'offerId' | 'seatId' | 'validFrom' | 'validUntil'>;

type PublicKey = JWK & { kid: string };

/**
 * `exp` of tokens without an end, in seconds, for scanners that require the claim: the end of the year 9999.
 */
const endOfTime = 253_402_300_799;

/**
 * Signs purchase tokens with Ed25519, so that scanners can verify them offline. By jose: jsonwebtoken has no EdDSA and no
 * JWK thumbprints.
 */
export class TokenSigner {
  readonly #key: KeyObject;
  readonly #jwk: PublicKey;
  readonly #former: readonly PublicKey[];

  private constructor(key: KeyObject, jwk: PublicKey, former: readonly PublicKey[]) {
    this.#key = key;
    this.#jwk = jwk;
    this.#former = former;
  }

  /**
   * Creates a signer; its key id is the JWK thumbprint.
   * @param former keys that signed before, public or private; what they signed can still be verified
   * @throws if a key is not Ed25519
   */
  static async create(key: KeyObject, former: readonly KeyObject[] = []): Promise<TokenSigner> {
    const jwk = await publicKeyOf(key);
    const others = await Promise.all(former.map(publicKeyOf));
    return new TokenSigner(
      key,
      jwk,
      others.filter(({ kid }) => kid !== jwk.kid),
    );
  }

  /** Public keys (JWKS) that verify the signatures, the current one first. */
  get keySet(): { keys: JWK[] } {
    return { keys: [this.#jwk, ...this.#former] };
  }

  /**
   * Returns a compact JWS (EdDSA). Claims: jti, offer and seat as TypeIDs, code, exp in seconds, and nbf if
   * there is a start. The same token always gives the same JWS.
   */
  async sign(token: Signed): Promise<string> {
    const payload = {
      jti: toApiId('token', token.id),
      code: token.code,
      offer: toApiId('offer', token.offerId),
      seat: token.seatId && toApiId('seat', token.seatId),
      ...(token.validFrom && { nbf: seconds(token.validFrom) }),
      exp: token.validUntil ? seconds(token.validUntil) : endOfTime,
    };
    return new CompactSign(Buffer.from(JSON.stringify(payload)))
      .setProtectedHeader({ alg: 'EdDSA', kid: this.#jwk.kid, typ: 'JWT' })
      .sign(this.#key);
  }

  /** Returns the JWS as a QR code, an SVG data URL. */
  async qrCode(token: Signed): Promise<string> {
    const svg = await drawQrCode(await this.sign(token), { type: 'svg', errorCorrectionLevel: 'M' });
    return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  }
}

async function publicKeyOf(key: KeyObject): Promise<PublicKey> {
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('Purchase tokens are signed with an Ed25519 key.');
  const jwk = await exportJWK(key.type === 'private' ? createPublicKey(key) : key);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'EdDSA', use: 'sig' };
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1_000);
}
