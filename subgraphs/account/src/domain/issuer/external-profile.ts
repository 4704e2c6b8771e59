import { InvalidToken } from '@souk/shared/auth/access-token';
import { canonicalLocale } from '@souk/shared/locale';
import { isTimeZone } from '@souk/shared/time-zone';
import { storable, unreadableProblem, visibleText } from '@souk/shared/text';
import { z } from 'zod';
import type { NewUser } from '../identity/user.js';
import { createDisplayName, maxNameLength } from '../identity/user.js';
import type { ExternalToken } from './external-token.js';

/** The user to make of a person who comes for the first time. The issuer has verified the e-mail address. */
export type ExternalProfile = Omit<NewUser, 'passwordHash'>;

const text = z.string().max(1_000).optional().catch(undefined);
const standardClaims = z.object({
  email: z.email().max(254).optional().catch(undefined),
  // Cognito sends a text.
  email_verified: z
    .union([z.literal(true), z.literal('true')])
    .optional()
    .catch(undefined),
  given_name: text,
  family_name: text,
  name: text,
  locale: text,
  zoneinfo: text,
});

/**
 * Reads the profile from a token, or from the issuer's userinfo endpoint where the token has no e-mail address.
 * @throws InvalidToken if the issuer has not verified an e-mail address; Unavailable
 */
export async function readExternalProfile(token: ExternalToken): Promise<ExternalProfile> {
  let claims = standardClaims.parse(token.claims);
  if (claims.email === undefined) {
    const answer = z
      .looseObject({ sub: z.string() })
      .safeParse(await token.connection.readProfile(token.text));
    // An answer about somebody else must not be used (OpenID Connect Core, 5.3.2).
    if (answer.success && answer.data.sub === token.subject) claims = standardClaims.parse(answer.data);
  }
  const { email, email_verified: isVerified } = claims;
  if (email === undefined || isVerified === undefined)
    throw new InvalidToken('The issuer of the access token has not verified an e-mail address of yours.');
  const whole = name(claims.name) ?? name(email.split('@')[0]) ?? 'User';
  const firstName = name(claims.given_name) ?? whole;
  const lastName = name(claims.family_name) ?? '';
  return {
    email,
    emailVerified: true,
    firstName,
    lastName,
    displayName: createDisplayName(firstName, lastName),
    locale: canonicalLocale(claims.locale ?? '') ?? 'en',
    timeZone: claims.zoneinfo !== undefined && isTimeZone(claims.zoneinfo) ? claims.zoneinfo : 'UTC',
    roles: ['USER'],
  };
}

function name(claim: string | undefined): string | null {
  const shown = visibleText(storable(claim ?? '', maxNameLength));
  return shown !== null && unreadableProblem(shown, { multiline: false }) === null ? shown : null;
}
