import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import { attestationCertificate, attestationKey } from './attestation-certificate.js';

/** Options of a ceremony, as far as an authenticator reads them. */
export interface CeremonyOptions {
  challenge: string;
  rp?: { id: string };
  rpId?: string;
  user?: { id: string };
}

/** Deviations from a correct response. */
export interface Deviation {
  origin?: string;
  rpId?: string;
  challenge?: string;
  /** Whether the user has given their PIN or finger. */
  userVerified?: boolean;
  counter?: number;
  userHandle?: string;
  /** An attestation with a certificate (FIDO U2F), which verifies, in place of none. */
  hasCertificate?: boolean;
}

const flags = { userPresent: 0x01, userVerified: 0x04, attested: 0x40 };
const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();

/** An authenticator with one passkey (ES256), which responds as browsers do, with deviations on request. */
export class SoftwareAuthenticator {
  counter = 0;
  readonly #origin: string;
  readonly #id = randomBytes(16);
  readonly #key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #userHandle: string | undefined;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** RegistrationResponseJSON. */
  create(options: CeremonyOptions, deviation: Deviation = {}): object {
    this.#userHandle = options.user?.id;
    const { x = '', y = '' } = this.#key.publicKey.export({ format: 'jwk' });
    const coseKey = isoCBOR.encode(
      new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
        [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
      ]) as never,
    );
    const idLength = Buffer.alloc(2);
    idLength.writeUInt16BE(this.#id.length);
    const authData = Buffer.concat([
      this.#authenticatorData(options, flags.attested, deviation),
      Buffer.alloc(16),
      idLength,
      this.#id,
      coseKey,
    ]);
    const clientData = this.#clientData('webauthn.create', options, deviation);
    const signed = Buffer.concat([
      Buffer.of(0),
      authData.subarray(0, 32),
      sha256(clientData),
      this.#id,
      Buffer.of(4),
      Buffer.from(x, 'base64url'),
      Buffer.from(y, 'base64url'),
    ]);
    const certified = new Map<string, unknown>([
      ['sig', new Uint8Array(sign('sha256', signed, attestationKey))],
      ['x5c', [new Uint8Array(attestationCertificate)]],
    ]);
    const [fmt, attStmt] = deviation.hasCertificate ? ['fido-u2f', certified] : ['none', new Map()];
    const attestationObject = isoCBOR.encode(
      new Map<string, unknown>([
        ['fmt', fmt],
        ['attStmt', attStmt],
        ['authData', new Uint8Array(authData)],
      ]) as never,
    );
    return this.#credential({
      clientDataJSON: clientData.toString('base64url'),
      attestationObject: Buffer.from(attestationObject).toString('base64url'),
      transports: ['internal'],
    });
  }

  /** AuthenticationResponseJSON. */
  get(options: CeremonyOptions, deviation: Deviation = {}): object {
    this.counter += 1;
    const authData = this.#authenticatorData(options, 0, deviation);
    const clientData = this.#clientData('webauthn.get', options, deviation);
    const signed = Buffer.concat([authData, sha256(clientData)]);
    return this.#credential({
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: sign('sha256', signed, this.#key.privateKey).toString('base64url'),
      userHandle: deviation.userHandle ?? this.#userHandle,
    });
  }

  #credential(response: object): object {
    const id = this.#id.toString('base64url');
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  #clientData(type: string, options: CeremonyOptions, { origin, challenge }: Deviation): Buffer {
    const data = { type, challenge: challenge ?? options.challenge, origin: origin ?? this.#origin };
    return Buffer.from(JSON.stringify({ ...data, crossOrigin: false }));
  }

  #authenticatorData(
    options: CeremonyOptions,
    more: number,
    { rpId = options.rp?.id ?? options.rpId ?? '', userVerified = true, counter = this.counter }: Deviation,
  ): Buffer {
    const data = Buffer.alloc(5);
    data.writeUInt8(flags.userPresent | (userVerified ? flags.userVerified : 0) | more);
    data.writeUInt32BE(counter, 1);
    return Buffer.concat([sha256(rpId), data]);
  }
}
