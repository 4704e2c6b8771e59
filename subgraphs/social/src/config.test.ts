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
      sms: null,
      push: null,
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

  it('takes all about a provider of text messages, or nothing', () => {
    const sms = {
      SMS_URL: 'https://sms.test',
      SMS_ACCOUNT: 'AC1',
      SMS_TOKEN: 'secret',
      SMS_FROM: '+491510000',
    };
    expect(readConfig({ ...secret, ...sms }).delivery.sms).toEqual({
      url: 'https://sms.test',
      account: 'AC1',
      token: 'secret',
      from: '+491510000',
    });
    const { SMS_TOKEN: _token, ...others } = sms;
    expect(() => readConfig({ ...secret, ...others })).toThrow(/SMS_TOKEN: needed with SMS_URL/);
  });

  it('pushes to browsers with a key of P-256', () => {
    const VAPID_PRIVATE_KEY = Buffer.alloc(32, 7).toString('base64url');
    expect(readConfig({ ...secret, VAPID_PRIVATE_KEY }).delivery.push).toEqual({
      vapidPrivateKey: VAPID_PRIVATE_KEY,
      vapidSubject: 'mailto:no-reply@souk.test',
    });
    for (const key of [
      'short',
      Buffer.alloc(32).toString('base64url'),
      Buffer.alloc(33, 7).toString('base64url'),
    ])
      expect(() => readConfig({ ...secret, VAPID_PRIVATE_KEY: key })).toThrow(/VAPID_PRIVATE_KEY: must be/);
  });

  it('rejects a URL that is not of Neo4j', () => {
    expect(() => readConfig({ ...secret, NEO4J_URL: 'http://localhost:7474' })).toThrow(ConfigurationError);
  });
});
