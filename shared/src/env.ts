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

/** An environment as it came. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the variables of `schema` from `environment`; an empty variable counts as absent. `alsoWrong` is told beside
 * what the schema finds: problems that lie between variables, one line each.
 * @throws ConfigurationError with all problems at once.
 */
export function readEnv<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  environment: Environment,
  alsoWrong: readonly string[] = [],
): z.infer<z.ZodObject<Shape>> {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schema.safeParse(present);
  if (result.success && alsoWrong.length === 0) return result.data;
  const found = (result.error?.issues ?? []).map(
    (issue) =>
      `${issue.path.join('.') || 'environment'}: ${isAbsent(issue, present) ? 'needed' : issue.message}`,
  );
  throw new ConfigurationError(onePerVariable([...found, ...alsoWrong]));
}

/** Of several lines that begin with the same variable the first: the others follow from it, or say it again. */
function onePerVariable(problems: readonly string[]): string[] {
  const told = new Map<string, string>();
  for (const problem of problems) {
    const [variable = ''] = problem.split(':');
    if (!told.has(variable)) told.set(variable, problem);
  }
  return [...told.values()];
}

/** What is missing of the variables that have no default in production. */
export function missingInProduction(environment: Environment, names: readonly string[]): string[] {
  if (environment['NODE_ENV'] !== 'production') return [];
  return names.filter((name) => !environment[name]).map((name) => `${name}: needed in production`);
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
