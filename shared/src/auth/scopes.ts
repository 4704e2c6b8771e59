/** The roles that people have. PARTNER comes and goes with a verified partner. */
export const roles = ['USER', 'PARTNER', 'ADMIN'] as const;

/** One of the roles. */
export type Role = (typeof roles)[number];

/** The scopes of access tokens. */
export const scopes = [
  'users:manage',
  'catalog:manage',
  'orders:manage',
  'payments:manage',
  'notifications:manage',
  'system:manage',
  'audit:read',
  'analytics:read',
  'tickets:validate',
  'partner',
] as const;

/** One of the scopes. */
export type Scope = (typeof scopes)[number];

/** The scopes that the roles give: ADMIN holds all but partner; PARTNER holds partner. */
export function scopesOf(held: readonly Role[]): Scope[] {
  return scopes.filter((scope) => (scope === 'partner' ? held.includes('PARTNER') : held.includes('ADMIN')));
}
