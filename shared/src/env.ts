import { z } from 'zod';

/** The environment does not hold what the process needs. `problems` has one line for each. */
export class ConfigurationError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not complete:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}

/**
 * Reads the variables of `schema` from `environment`; an empty variable counts as absent.
 * @throws ConfigurationError with all problems at once.
 */
export function readEnv<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  environment: Readonly<Record<string, string | undefined>>,
): z.infer<z.ZodObject<Shape>> {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  throw new ConfigurationError(
    result.error.issues.map(
      (issue) =>
        `${issue.path.join('.') || 'environment'}: ${isAbsent(issue, present) ? 'needed' : issue.message}`,
    ),
  );
}

/** Whether a variable is wanted that is not there: said in the words of the house, not as a type that was expected. */
function isAbsent(
  { code, path }: Pick<z.core.$ZodIssue, 'code' | 'path'>,
  present: Readonly<Record<string, unknown>>,
): boolean {
  const [variable] = path;
  return code === 'invalid_type' && typeof variable === 'string' && present[variable] === undefined;
}

/** A TCP port; 0 asks the system for a free one. */
export const port = z.coerce.number().int().min(0).max(65_535);

/** production turns defaults of secrets off. */
export const nodeEnv = z.enum(['development', 'test', 'production']).default('development');
