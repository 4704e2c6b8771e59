import { administratorOf, environmentOf } from './start-options';

describe('the environment of a Souk under test', () => {
  beforeEach(() => {
    process.env['DATABASE_URL'] = 'postgres://of-the-developer';
  });
  afterEach(() => {
    delete process.env['DATABASE_URL'];
  });

  it('has demo data and the demo administrator, and no variables of the test', () => {
    const environment = environmentOf({});
    expect(environment).toMatchObject({ PORT: '0', LOG_LEVEL: 'warn', DEMO: 'on', DATABASE_FSYNC: 'off' });
    expect(environment).not.toHaveProperty('DATABASE_URL');
    expect(administratorOf(environment)).toEqual({ email: 'admin@souk.test', password: 'souk-demo-2026' });
  });

  it.each([{ demo: false }, { environment: { NODE_ENV: 'production' } }])(
    'names an administrator where there are no demo people: %j',
    (options) => {
      const environment = environmentOf(options);
      expect(environment['DEMO']).not.toBe('on');
      expect('DATABASE_FSYNC' in environment).toBe(!('environment' in options));
      expect(environment).toMatchObject({ ADMIN_EMAIL: 'admin@souk.test' });
      expect(administratorOf(environment).password).toBe(environment['ADMIN_PASSWORD']);
    },
  );

  it('takes an administrator of the test', () => {
    const environment = environmentOf({
      environment: { ADMIN_EMAIL: 'a@b.example', ADMIN_PASSWORD: 'a password' },
    });
    expect(administratorOf(environment)).toEqual({ email: 'a@b.example', password: 'a password' });
  });

  it.each(['PORT', 'DATA_DIR', 'LOG_LEVEL', 'DEMO'])('refuses %s, and says what to use', (name) => {
    expect(() => environmentOf({ environment: { [name]: '1' } })).toThrow(TypeError);
    expect(() => environmentOf({ environment: { [name]: '1' } })).toThrow(name);
  });
});
