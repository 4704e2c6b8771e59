import { Rejection } from '@souk/shared/errors';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeAttestationObject } from '@simplewebauthn/server/helpers';
import { z } from 'zod';
import type { PasskeyEntity } from '../../entities/passkey.js';
import { ceremonyMs } from './passkey-ceremony.js';

/** The site that passkeys belong to. */
export interface RelyingParty {
  /** A domain name. Passkeys work on it and its subdomains. */
  id: string;
  /** The origins whose pages may use passkeys. */
  origins: readonly string[];
}

const name = 'Souk';

const base64url = z
  .string()
  .max(20_000)
  .regex(/^[A-Za-z0-9_-]*$/);

const credential = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional().catch(undefined),
});

/** RegistrationResponseJSON of WebAuthn. Its extensions are ignored. */
const registrationResponse = credential.extend({
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(20)).max(10).default([]),
  }),
});

/** AuthenticationResponseJSON of WebAuthn. Its extensions are ignored. */
const assertionResponse = credential.extend({
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.nullish().transform((handle) => handle ?? undefined),
  }),
});

/** The signature of a passkey in a ceremony, not verified yet. */
export type Assertion = z.infer<typeof assertionResponse>;

/** A new passkey, verified. */
export type NewPasskey = Pick<
  PasskeyEntity,
  'credentialId' | 'publicKey' | 'signCount' | 'transports' | 'isBackedUp'
>;

type KnownCredential = Pick<PasskeyEntity, 'credentialId' | 'transports'>;

/** The user for whom an authenticator makes a passkey. */
export interface PasskeyOwner {
  /** UUID. */
  id: string;
  email: string;
  displayName: string;
}

/** Options for navigator.credentials.create, with a new challenge. */
export function registrationOptions(
  { id: rpID }: RelyingParty,
  owner: PasskeyOwner,
  known: readonly KnownCredential[],
): Promise<{ challenge: string }> {
  return generateRegistrationOptions({
    rpName: name,
    rpID,
    userID: userHandleOf(owner.id),
    userName: owner.email,
    userDisplayName: owner.displayName,
    timeout: ceremonyMs,
    attestationType: 'none',
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  });
}

/**
 * Options for navigator.credentials.get, with a new challenge.
 * @param known the passkeys to choose from; null where the passkey alone signs in, which needs its user's verification
 */
export function assertionOptions(
  { id: rpID }: RelyingParty,
  known: readonly KnownCredential[] | null,
): Promise<{ challenge: string }> {
  return generateAuthenticationOptions({
    rpID,
    timeout: ceremonyMs,
    userVerification: known === null ? 'required' : 'preferred',
    ...(known && {
      allowCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    }),
  });
}

/** Verifies the response to a registration. @throws Rejection PASSKEY_INVALID */
export async function verifyRegistration(
  { id, origins }: RelyingParty,
  challenge: string,
  response: unknown,
): Promise<NewPasskey> {
  const parsed = registrationResponse.safeParse(response).data;
  if (!parsed || !hasNoCertificates(parsed.response.attestationObject)) throw invalidPasskey();
  const { verified, registrationInfo } = await orInvalid(
    verifyRegistrationResponse({
      response: { ...parsed, clientExtensionResults: {} } as Parameters<
        typeof verifyRegistrationResponse
      >[0]['response'],
      expectedChallenge: challenge,
      expectedOrigin: [...origins],
      expectedRPID: id,
      // As second factor, a key without PIN will do; `verifyAssertion` asks where it signs in alone.
      requireUserVerification: false,
    }),
  );
  if (!verified) throw invalidPasskey();
  const { credential: created, credentialBackedUp } = registrationInfo;
  return {
    credentialId: created.id,
    publicKey: Buffer.from(created.publicKey),
    signCount: created.counter,
    transports: parsed.response.transports,
    isBackedUp: credentialBackedUp,
  };
}

/** Reads the response to a login or elevation. @throws Rejection PASSKEY_INVALID */
export function readAssertion(response: unknown): Assertion {
  const parsed = assertionResponse.safeParse(response).data;
  if (!parsed) throw invalidPasskey();
  return parsed;
}

/**
 * Verifies the response to a login or elevation: challenge, origin, relying party, user, signature, and that the counter
 * has not gone back.
 * @throws Rejection PASSKEY_INVALID
 */
export async function verifyAssertion(
  { id, origins }: RelyingParty,
  challenge: string,
  assertion: Assertion,
  passkey: PasskeyEntity,
  { requireUserVerification }: { requireUserVerification: boolean },
): Promise<{ signCount: number; isBackedUp: boolean }> {
  const { userHandle } = assertion.response;
  const owner = Buffer.from(userHandleOf(passkey.userId)).toString('base64url');
  if (userHandle !== undefined && userHandle !== owner) throw invalidPasskey();
  const { verified, authenticationInfo } = await orInvalid(
    verifyAuthenticationResponse({
      response: { ...assertion, clientExtensionResults: {} } as Parameters<
        typeof verifyAuthenticationResponse
      >[0]['response'],
      expectedChallenge: challenge,
      expectedOrigin: [...origins],
      expectedRPID: id,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(passkey.publicKey),
        counter: passkey.signCount,
      },
      requireUserVerification,
    }),
  );
  if (!verified) throw invalidPasskey();
  return { signCount: authenticationInfo.newCounter, isBackedUp: authenticationInfo.credentialBackedUp };
}

/** The rejection of a response that does not verify. It does not say why. */
export function invalidPasskey(): Rejection {
  return new Rejection('PASSKEY_INVALID', 'The response of the passkey cannot be verified for this site.', {
    field: ['response'],
  });
}

/**
 * Whether an attestation carries no certificates, as the options demand. The library would follow addresses inside
 * certificates of some formats to lists of revoked ones, wherever they point.
 */
function hasNoCertificates(attestationObject: string): boolean {
  try {
    const decoded = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')));
    const format: string = decoded.get('fmt');
    return format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined);
  } catch {
    return false;
  }
}

/** Every error of the library is about the response, which the caller has sent. */
async function orInvalid<Result>(verification: Promise<Result>): Promise<Result> {
  try {
    return await verification;
  } catch {
    throw invalidPasskey();
  }
}

/** The user handle that authenticators store: the 16 bytes of the user's UUID, which says nothing of the person. */
function userHandleOf(userId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(userId.replaceAll('-', ''), 'hex'));
}
