import { z } from 'zod';

/** The environment does not hold what the process needs, or names stores that cannot be used; `problems` has one line each. */
export class ConfigurationError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[], heading = 'The configuration is not complete:') {
    super(`${heading}\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}

/** An environment as it came. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the variables of `schema` from `environment`; an empty variable counts as absent. `alsoWrong` lists further
 * problems that concern several variables, one line each. In production a name that resembles one of the schema's is a
 * problem too: it would have no effect.
 * @throws ConfigurationError with all problems at once
 */
export function readEnv<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  environment: Environment,
  alsoWrong: readonly string[] = [],
): z.infer<z.ZodObject<Shape>> {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schema.safeParse(present);
  const unread =
    environment['NODE_ENV'] === 'production' ? misspelled(present, Object.keys(schema.shape)) : [];
  if (result.success && alsoWrong.length === 0 && unread.length === 0) return result.data;
  const found = (result.error?.issues ?? []).map(
    (issue) =>
      `${issue.path.join('.') || 'environment'}: ${isAbsent(issue, present) ? 'needed' : issue.message}`,
  );
  throw new ConfigurationError(onePerVariable([...found, ...alsoWrong, ...unread]));
}

/** Keeps the first of several lines about one variable: the others follow from it, or repeat it. */
function onePerVariable(problems: readonly string[]): string[] {
  const byVariable = new Map<string, string>();
  for (const problem of problems) {
    const [variable = ''] = problem.split(':');
    if (!byVariable.has(variable)) byVariable.set(variable, problem);
  }
  return [...byVariable.values()];
}

/** Short names resemble too many others. */
const minNameLength = 8;
const maxEdits = 2;

/** Names that resemble a known one, one line each: RATE_LIMIT_PER_MIN, MAX_COSTS. */
export function misspelled(environment: Environment, known: readonly string[]): string[] {
  const isKnown = new Set(known);
  return Object.keys(environment).flatMap((name) => {
    if (isKnown.has(name) || name.length < minNameLength || !environment[name]) return [];
    const meant = known.find((other) => isNear(name, other));
    return meant === undefined ? [] : [`${name}: unknown; did you mean ${meant}?`];
  });
}

function isNear(name: string, known: string): boolean {
  if (known.length < minNameLength) return false;
  return (name.includes('_') && known.startsWith(name)) || editsWithin(name, known, maxEdits);
}

/** Whether so few letters changed, added or left out make `a` of `b` (Levenshtein). */
function editsWithin(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const [left = 0, above = 0, diagonal = 0] = [next[j - 1], row[j], row[j - 1]];
      next.push(Math.min(left + 1, above + 1, diagonal + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return (row.at(-1) ?? most + 1) <= most;
}

/** Lists the variables that have no default in production and are not set. */
export function missingInProduction(environment: Environment, names: readonly string[]): string[] {
  if (environment['NODE_ENV'] !== 'production') return [];
  return names.filter((name) => !environment[name]).map((name) => `${name}: needed in production`);
}

/** Whether a required variable is absent: reported as missing rather than as a wrong type. */
function isAbsent(
  { code, path }: Pick<z.core.$ZodIssue, 'code' | 'path'>,
  present: Readonly<Record<string, unknown>>,
): boolean {
  const [variable] = path;
  return code === 'invalid_type' && typeof variable === 'string' && present[variable] === undefined;
}

/** A TCP port; 0 lets the system choose a free one. */
export const port = z.coerce.number().int().min(0).max(65_535);

/** An http or https origin, without a path. */
export const origin = z
  .url({ protocol: /^https?$/ })
  .refine((url) => new URL(url).pathname === '/', 'must be an origin, without a path');

/** production turns defaults of secrets off. */
export const nodeEnv = z.enum(['development', 'test', 'production']).default('development');
