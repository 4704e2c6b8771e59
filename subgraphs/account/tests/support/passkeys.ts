import type { AccountUnderTest, Caller, Payload } from './account.js';
import { authPayload, relyingParty } from './account.js';
import type { CeremonyOptions } from './software-authenticator.js';
import { SoftwareAuthenticator } from './software-authenticator.js';

type Server = Pick<AccountUnderTest, 'mutate'>;

/** The origin of the pages that use passkeys. */
export const [origin = ''] = relyingParty.origins;
const errors = 'userErrors { code message field }';

/** A ceremony that has begun. */
export interface Started {
  ceremony: string;
  options: CeremonyOptions & Record<string, unknown>;
}

/** Begins a ceremony. */
export async function begin(account: Server, field: string, caller?: Caller): Promise<Started> {
  const payload = await account.mutate(`mutation { ${field} { ceremony options ${errors} } }`, {}, caller);
  expect(payload.userErrors).toEqual([]);
  return payload as Payload & Started;
}

/** Begins a registration. */
export const beginRegistration = (account: Server, caller: Caller): Promise<Started> =>
  begin(account, 'beginPasskeyRegistration', caller);
/** Begins a login; with a challenge, as second factor. */
export const beginLogin = (account: Server, challenge?: unknown): Promise<Started> =>
  begin(
    account,
    challenge === undefined
      ? 'beginPasskeyLogin'
      : `beginPasskeyLogin(mfaChallenge: ${JSON.stringify(challenge)})`,
  );

/** Finishes a registration. */
export function finishRegistration(
  account: Server,
  ceremony: string,
  response: object,
  caller: Caller,
  name = 'Phone',
): Promise<Payload> {
  return account.mutate(
    `mutation ($ceremony: String!, $name: String!, $response: JSON!) {
      finishPasskeyRegistration(ceremony: $ceremony, name: $name, response: $response) {
        passkey { id name isBackedUp createdAt lastUsedAt } recoveryCodes ${errors} } }`,
    { ceremony, name, response },
    caller,
  );
}

/** Finishes a login. */
export function finishLogin(account: Server, ceremony: string, response: object): Promise<Payload> {
  return account.mutate(
    `mutation ($ceremony: String!, $response: JSON!) {
      finishPasskeyLogin(ceremony: $ceremony, response: $response) ${authPayload} }`,
    { ceremony, response },
  );
}

/** Finishes an elevation. */
export function elevateByPasskey(
  account: Server,
  ceremony: string,
  response: object,
  caller: Caller,
): Promise<Payload> {
  return account.mutate(
    `mutation ($ceremony: String!, $response: JSON!) {
      elevateSessionByPasskey(ceremony: $ceremony, response: $response) ${authPayload} }`,
    { ceremony, response },
    caller,
  );
}

/** Removes a passkey. */
export function removePasskey(account: Server, id: string, caller: Caller): Promise<Payload> {
  return account.mutate(`mutation ($id: ID!) { removePasskey(id: $id) { ok ${errors} } }`, { id }, caller);
}

/** A registered passkey. */
export interface Owned {
  authenticator: SoftwareAuthenticator;
  passkeyId: string;
  recoveryCodes: string[] | null;
}

/** Registers a passkey. */
export async function addPasskey(account: Server, caller: Caller): Promise<Owned> {
  const authenticator = new SoftwareAuthenticator(origin);
  const { ceremony, options } = await beginRegistration(account, caller);
  const payload = await finishRegistration(account, ceremony, authenticator.create(options), caller);
  expect(payload.userErrors).toEqual([]);
  const { id: passkeyId } = payload['passkey'] as { id: string };
  return { authenticator, passkeyId, recoveryCodes: payload['recoveryCodes'] as string[] | null };
}

/** An access token of the caller's session with a fresh factor. */
export async function elevated(
  account: Server,
  authenticator: SoftwareAuthenticator,
  caller: Caller,
): Promise<Caller> {
  const { ceremony, options } = await begin(account, 'beginPasskeyElevation', caller);
  const payload = await elevateByPasskey(account, ceremony, authenticator.get(options), caller);
  expect(payload).toMatchObject({ userErrors: [], refreshToken: null });
  return { accessToken: payload['accessToken'] as string };
}
