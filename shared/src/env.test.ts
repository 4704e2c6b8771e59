import { z } from 'zod';
import { ConfigurationError, misspelled, port, readEnv } from './env.js';

const schema = z.object({ PORT: port.default(4000), SECRET: z.string().min(4), URL: z.url().optional() });

it('reads, with defaults, and takes an empty variable for an absent one', () => {
  expect(readEnv(schema, { SECRET: 'abcd', PORT: '', URL: '' })).toEqual({ SECRET: 'abcd', PORT: 4000 });
});

it('reports all problems together', () => {
  expect.assertions(3);
  try {
    readEnv(schema, { PORT: '70000', URL: 'nowhere' });
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).problems.map((problem) => problem.split(':')[0])).toEqual([
      'PORT',
      'SECRET',
      'URL',
    ]);
    expect((error as ConfigurationError).problems).toContain('SECRET: needed');
  }
});

const limits = z.object({
  RATE_LIMIT_PER_MINUTE: port.default(0),
  MAX_COST: port.default(0),
  PORT: port.default(0),
});

it('finds names that resemble those of its variables', () => {
  const given = {
    RATE_LIMIT_PER_MIN: '5',
    MAX_COSTS: '5',
    MAXCOST: '5',
    PROT: '1',
    PATH: '/bin',
    MAX_CO: '',
  };
  expect(misspelled(given, Object.keys(limits.shape))).toEqual([
    'RATE_LIMIT_PER_MIN: unknown; did you mean RATE_LIMIT_PER_MINUTE?',
    'MAX_COSTS: unknown; did you mean MAX_COST?',
  ]);
});

it('refuses such a name in production, beside the rest', () => {
  const given = { RATE_LIMIT_PER_MIN: '5', PORT: '70000' };
  expect(readEnv(limits, { RATE_LIMIT_PER_MIN: '5' })).toEqual({
    RATE_LIMIT_PER_MINUTE: 0,
    MAX_COST: 0,
    PORT: 0,
  });
  expect(() => readEnv(limits, { ...given, NODE_ENV: 'production' })).toThrow(
    /PORT: [^]*RATE_LIMIT_PER_MIN: unknown; did you mean RATE_LIMIT_PER_MINUTE\?/,
  );
});
