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
    expect(readConfig({ ...neo4j, NODE_ENV: 'production', NEO4J_PASSWORD: 'given' })).toBeDefined();
  });

  it('rejects a URL that is not of Neo4j', () => {
    expect(() => readConfig({ ...secret, NEO4J_URL: 'http://localhost:7474' })).toThrow(ConfigurationError);
  });
});
