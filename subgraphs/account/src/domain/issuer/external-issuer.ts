import type { Role } from '@souk/shared/auth/scopes';
import { z } from 'zod';

/** An issuer of access tokens other than account, such as Cognito, Auth0 or Keycloak. */
export interface ExternalIssuer {
  /** Its URL, exactly as in the claim `iss`. */
  issuer: string;
  /** For logs. */
  name: string;
  /** Values of the audience claim that are accepted; one suffices. */
  audience: readonly string[];
  /** The claim that names the audience: `aud`, in access tokens of Cognito `client_id`. */
  audienceClaim: string;
  /** The claim with the groups of the user: a name, or a path with dots such as `realm_access.roles`; null: none. */
  groupsClaim: string | null;
  /** Roles by group. */
  roles: Readonly<Record<string, Role>>;
  /** Where its keys are; null: where its discovery document says. */
  jwksUri: string | null;
}

const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a URL is of HTTPS, or of this machine. */
export function isSecureUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && loopbackHosts.has(hostname));
}

const secureUrl = z.string().max(500).refine(isSecureUrl, 'must be an https URL');
const name = z.string().min(1).max(200);
const maxIssuers = 20;

const issuer = z
  .strictObject({
    issuer: secureUrl,
    name: name.optional(),
    audience: z.union([name.transform((one) => [one]), z.array(name).min(1).max(20)]),
    audienceClaim: name.default('aud'),
    groupsClaim: name.optional(),
    roles: z
      .record(name, z.enum(['USER', 'ADMIN'], 'must be USER or ADMIN: PARTNER comes with a verified partner'))
      .default({}),
    jwksUri: secureUrl.optional(),
  })
  .refine(({ groupsClaim, roles }) => groupsClaim !== undefined || Object.keys(roles).length === 0, {
    path: ['groupsClaim'],
    message: 'required with roles',
  })
  .transform(({ name: label, groupsClaim = null, jwksUri = null, ...rest }): ExternalIssuer => ({
    ...rest,
    name: label ?? rest.issuer,
    groupsClaim,
    jwksUri,
  }));

/** The value of OIDC_ISSUERS: a JSON list of issuers. */
export const externalIssuers = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'must be a JSON list' });
      return z.NEVER;
    }
  })
  .pipe(
    z
      .array(issuer)
      .max(maxIssuers)
      .refine((all) => new Set(all.map((one) => one.issuer)).size === all.length, 'names an issuer twice'),
  );
