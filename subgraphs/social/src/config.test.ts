import { ConfigurationError } from '@souk/shared/env';
import { readConfig } from './config.js';

const secret = { GATEWAY_SECRET: 'sixteen characters', DATABASE_URL: 'postgres://localhost' };

describe('the configuration of social', () => {
  it('has its own port, and stores the graph in PostgreSQL by default', () => {
    const config = readConfig(secret);
    expect(config.PORT).toBe(4005);
    expect(config.NEO4J_URL).toBeUndefined();
  });

  it('accepts Neo4j without a password outside production only', () => {
    const neo4j = { ...secret, NEO4J_URL: 'bolt://localhost:7687' };
    expect(readConfig(neo4j)).toMatchObject({ NEO4J_URL: 'bolt://localhost:7687', NEO4J_USER: 'neo4j' });
    expect(() => readConfig({ ...neo4j, NODE_ENV: 'production' })).toThrow(/NEO4J_PASSWORD: needed/);
    const production = { NODE_ENV: 'production', SMTP_URL: 'smtps://mail.test', MAIL_FROM: 'shop@shop.test' };
    expect(readConfig({ ...neo4j, ...production, NEO4J_PASSWORD: 'given' })).toBeDefined();
  });

  it('sends e-mails to the development mailbox, but not in production', () => {
    expect(readConfig(secret).delivery).toEqual({
      smtpUrl: null,
      mailFrom: 'Souk <no-reply@souk.test>',
      publicUrl: 'http://localhost:4000',
    });
    expect(() => readConfig({ ...secret, NODE_ENV: 'production' })).toThrow(
      /SMTP_URL: needed in production\n.*MAIL_FROM: needed in production/,
    );
  });

  it.each(['nobody', 'a@b.test, c@d.test', 'Souk <a@b.test>\r\nBcc: c@d.test', '"Souk" <a@b.test>'])(
    'rejects the sender %j',
    (from) => {
      expect(() => readConfig({ ...secret, MAIL_FROM: from })).toThrow(/MAIL_FROM: must be an address/);
    },
  );

  it('rejects a URL that is not of Neo4j', () => {
    expect(() => readConfig({ ...secret, NEO4J_URL: 'http://localhost:7474' })).toThrow(ConfigurationError);
  });
});
