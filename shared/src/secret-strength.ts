import type { Environment } from './env.js';
import { isLoopbackUrl } from './listen-host.js';

// Estimates machine-made secrets: rejects guessable ones and accepts every random one.

/** Bits that a secret of a production process must have by this estimate; 16 random hexadecimal digits have 64. */
const minSecretBits = 60;
/** A password for a throttled sign-in needs less. */
const minPasswordBits = 48;
const minPasswordLength = 12;
const minDistinctCharacters = 6;

/** Values from documentation or source code. */
const knownValues = new Set([
  'souk-demo-2026',
  'whsec_souk_development',
  'sk_test_souk_development',
  'changeme',
  'change-me',
  'password',
  'postgres',
  'secret',
]);

const advice = 'use 32 random bytes, as `openssl rand -hex 32` makes them';

/** How the values of a variable are checked. secrets: several, with commas between. */
export type SecretKind = 'secret' | 'secrets' | 'password' | 'stripe-webhook';

/** Lists the weak secrets of a production environment, one line each, without their values. Skips absent ones. */
export function weakSecrets(
  environment: Environment,
  kinds: Readonly<Partial<Record<string, SecretKind>>>,
): string[] {
  if (environment['NODE_ENV'] !== 'production') return [];
  const seen = new Map<string, string>();
  return Object.entries(kinds).flatMap(([name, kind = 'secret']) => {
    const value = environment[name];
    if (!value) return [];
    const same = seen.get(value);
    seen.set(value, name);
    if (same !== undefined) return [`${name}: must differ from ${same}`];
    const problem = problemOf(value, kind);
    return problem === null ? [] : [`${name}: ${problem}`];
  });
}

/** The same for passwords in URLs of stores; a server on loopback may have a weak one. */
export function weakUrlPasswords(environment: Environment, names: readonly string[]): string[] {
  if (environment['NODE_ENV'] !== 'production') return [];
  return names.flatMap((name) => {
    const value = environment[name];
    if (!value || !URL.canParse(value)) return [];
    const { password } = new URL(value);
    if (password === '' || isLoopbackUrl(value)) return [];
    return isGuessable(decoded(password), minSecretBits)
      ? [`${name}: its password is too easy to guess; ${advice}`]
      : [];
  });
}

function problemOf(value: string, kind: SecretKind): string | null {
  switch (kind) {
    case 'secret':
      return isGuessable(value, minSecretBits) ? `is too easy to guess; ${advice}` : null;
    case 'secrets':
      return value.split(',').some((secret) => isGuessable(secret.trim(), minSecretBits))
        ? `is too easy to guess; ${advice}`
        : null;
    case 'password':
      return value.length < minPasswordLength || isGuessable(value, minPasswordBits)
        ? `is too easy to guess; at least ${minPasswordLength} characters, neither repeated nor in sequence`
        : null;
    case 'stripe-webhook': {
      const secrets = value.split(',').map((secret) => secret.trim());
      const isRight = (secret: string): boolean =>
        secret.startsWith('whsec_') &&
        !knownValues.has(secret) &&
        !isGuessable(secret.slice('whsec_'.length), minSecretBits);
      return secrets.every(isRight) ? null : 'must be whsec_ and what Stripe made beside it';
    }
  }
}

function isGuessable(value: string, minBits: number): boolean {
  return (
    knownValues.has(value.toLowerCase()) ||
    new Set(value).size < minDistinctCharacters ||
    bitsOf(value) < minBits
  );
}

/** Characters that do not follow from those before them, each worth the alphabet that the value draws on. */
function bitsOf(value: string): number {
  const unit = value.slice(0, periodOf(value));
  let unpredictable = 0;
  for (let index = 0; index < unit.length; index += 1) {
    const step = unit.charCodeAt(index) - unit.charCodeAt(index - 1);
    if (index === 0 || Math.abs(step) > 1) unpredictable += 1;
  }
  return unpredictable * Math.log2(alphabetOf(value));
}

/** The length of the shortest text that the value repeats. */
function periodOf(value: string): number {
  for (let period = 1; period <= value.length / 2; period += 1) {
    if (value.slice(period) === value.slice(0, -period)) return period;
  }
  return value.length;
}

function alphabetOf(value: string): number {
  if (/^[0-9]+$/.test(value)) return 10;
  if (/^[0-9a-f]+$/i.test(value)) return 16;
  const classes: readonly [RegExp, number][] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/[0-9]/, 10],
    [/[^a-zA-Z0-9]/, 16],
  ];
  return classes.reduce((sum, [pattern, size]) => sum + (pattern.test(value) ? size : 0), 0);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
