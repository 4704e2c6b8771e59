import { randomUUID } from 'node:crypto';
import { administrator, anonymous } from '../support/suite-clients.js';
import type { SoukUnderTest } from '../support/e2e-environment.js';
import { createProviderKey, OidcServer } from '../support/oidc-server.js';
import { until } from '../support/until.js';

declare const soukUnderTest: SoukUnderTest;

const key = createProviderKey('ES256');
// The provider signs its own ID tokens by RS256.
const keys = [key, createProviderKey('RS256')];
let server: OidcServer;

beforeAll(async () => {
  server = await OidcServer.start(keys, soukUnderTest.externalIssuer);
});

afterAll(() => server.close());

const issue = (sub: string, email: string, groups: string[] = []): Promise<string> =>
  server.issue({ sub, alg: 'ES256', claims: { email, email_verified: true, given_name: 'Ada', groups } });

it('accepts an external access token in every subgraph, and ends it with a suspension within five seconds', async () => {
  const [sub, email] = [randomUUID(), `${randomUUID()}@example.com`];
  const person = anonymous();
  person.useToken(await issue(sub, email));
  const query = '{ me { id email cart { id } payments { totalCount } notifications { totalCount } } }';
  const { me } = (await person.run(query)) as { me: { id: string; email: string } };
  expect(me.email).toBe(email);
  const other = anonymous();
  other.useToken(await issue(sub, email));
  expect(await other.run('{ me { id } }')).toEqual({ me: { id: me.id } });
  // Unknown keys are read again, and known tokens go on while the issuer is away.
  await server.beAway();
  expect(await person.run('{ me { id } }')).toEqual({ me: { id: me.id } });
  await server.serve(keys);

  await (
    await administrator()
  ).mutate(
    'mutation ($id: ID!) { suspendUser(userId: $id, reason: "A test.") { user { id } userErrors { code message } } }',
    { id: me.id },
  );
  for (const client of [person, other]) {
    await until(
      'the token is refused',
      async () => {
        const { status, errors } = await client.send(query);
        return status === 401 && errors?.[0]?.extensions.code === 'UNAUTHENTICATED';
      },
      5_000,
    );
  }
});

it('gives the roles of groups', async () => {
  const [sub, email] = [randomUUID(), `${randomUUID()}@example.com`];
  const client = anonymous();
  client.useToken(await issue(sub, email));
  expect((await client.send('{ users(first: 1) { totalCount } }')).errors?.[0]?.extensions.code).toBe(
    'FORBIDDEN',
  );
  client.useToken(await issue(sub, email, ['admins']));
  expect(await client.run('{ users(first: 1) { nodes { id } } }')).toMatchObject({ users: {} });
});

it('refuses tokens of other issuers', async () => {
  const client = anonymous();
  const payload = Buffer.from('{"iss":"https://evil.test","sub":"ada"}').toString('base64url');
  client.useToken(`${Buffer.from('{"alg":"ES256","kid":"a"}').toString('base64url')}.${payload}.c2ln`);
  const { status, errors } = await client.send('{ me { id } }');
  expect([status, errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
});
