import type { AccountUnderTest, Caller, OtherAccount, Payload } from './account.js';
import { authPayload } from './account.js';
import { totpOf } from '../../../../tests/support/totp.js';

type Server = Pick<AccountUnderTest, 'mutate'> | OtherAccount;

/** An enrolled authenticator app. */
export interface Authenticator {
  /** The code of a time. */
  codeAt: (time: Date) => string;
  recoveryCodes: string[];
}

const stepMs = 30_000;
const errors = 'userErrors { __typename code message field ... on TooManyAttemptsError { retryAt } }';

/** The codes of the app that has scanned an otpauth URI. */
export function codesOf(uri: string): (time: Date) => string {
  return (time) => totpOf(uri, time);
}

/** Begins an enrolment. */
export function beginEnrolment(account: Server, caller: Caller): Promise<Payload> {
  return account.mutate(`mutation { beginMfaEnrolment { uri qrCode recoveryCodes ${errors} } }`, {}, caller);
}

/** Confirms an enrolment. */
export function confirmEnrolment(account: Server, code: string, caller: Caller): Promise<Payload> {
  return account.mutate(
    `mutation ($code: String!) { confirmMfaEnrolment(code: $code) { uri qrCode recoveryCodes ${errors} } }`,
    { code },
    caller,
  );
}

/** Enrols an app, and moves the clock on so that the code of the present step is unused. */
export async function enrol(account: AccountUnderTest, caller: Caller): Promise<Authenticator> {
  const begun = await beginEnrolment(account, caller);
  const codeAt = codesOf(begun['uri'] as string);
  const confirmed = await confirmEnrolment(account, codeAt(account.now()), caller);
  if (confirmed.userErrors.length > 0) throw new Error(JSON.stringify(confirmed.userErrors));
  account.advanceClock(2 * stepMs);
  return { codeAt, recoveryCodes: confirmed['recoveryCodes'] as string[] };
}

/** Completes a login. */
export function verifyMfa(
  account: Server,
  challenge: unknown,
  code: string,
  caller?: Caller,
): Promise<Payload> {
  return account.mutate(
    `mutation ($challenge: String!, $code: String!) { verifyMfa(challenge: $challenge, code: $code) ${authPayload} }`,
    { challenge, code },
    caller,
  );
}

/** Gives a fresh second factor. */
export function elevate(account: Server, code: string, caller: Caller): Promise<Payload> {
  return account.mutate(
    `mutation ($code: String!) { elevateSession(code: $code) ${authPayload} }`,
    { code },
    caller,
  );
}

/** Removes the app. */
export function disableMfa(account: Server, code: string, caller: Caller): Promise<Payload> {
  return account.mutate(
    `mutation ($code: String!) { disableMfa(code: $code) { ok ${errors} } }`,
    { code },
    caller,
  );
}
