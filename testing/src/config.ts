/** Variables of the test's own environment that Souk needs. Others, such as DATABASE_URL, must not reach it. */
const inherited = ['PATH', 'HOME', 'TMPDIR'] as const;

/** The environment that every process of a started Souk begins with. */
export function baseEnvironment(environment: NodeJS.ProcessEnv = process.env): Record<string, string> {
  return Object.fromEntries(
    inherited.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
