import type { KeyObject } from 'node:crypto';
import { createPublicKey } from 'node:crypto';
import type { JWK } from 'jose';
import { calculateJwkThumbprint, CompactSign, exportJWK } from 'jose';
import { toString as drawQrCode } from 'qrcode';
import { toApiId } from '@souk/shared/ids';
import type { TokenEntity } from '../../entities/token.js';

/** Signed fields of a token, which a scanner can verify offline. */
type Signed = Pick<TokenEntity, 'id' | 'code' | 'offerId' | 'seatId' | 'validFrom' | 'validUntil'>;

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
  readonly #jwk: JWK & { kid: string };

  private constructor(key: KeyObject, jwk: JWK & { kid: string }) {
    this.#key = key;
    this.#jwk = jwk;
  }

  /** Creates a signer; its key id is the JWK thumbprint. @throws if the key is not Ed25519 */
  static async create(key: KeyObject): Promise<TokenSigner> {
    if (key.asymmetricKeyType !== 'ed25519')
      throw new Error('Purchase tokens are signed with an Ed25519 key.');
    const jwk = await exportJWK(createPublicKey(key));
    const kid = await calculateJwkThumbprint(jwk);
    return new TokenSigner(key, { ...jwk, kid, alg: 'EdDSA', use: 'sig' });
  }

  /** Public keys (JWKS) that verify the signatures. */
  get keySet(): { keys: JWK[] } {
    return { keys: [this.#jwk] };
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

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1_000);
}
