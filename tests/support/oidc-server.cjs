// A real OpenID Connect provider in a process of its own, controlled by messages of its parent (oidc-server.ts).
const { createServer } = require('node:http');

let answer = (request, response) => response.writeHead(503).end();
let provider = null;
const profiles = new Map();
const requests = [];
const claimsOf = new WeakMap();

const server = createServer((request, response) => {
  requests.push(request.url);
  // oidc-provider answers with profiles for its own sessions only. Others know every token of theirs.
  if (request.url === '/me') {
    const [, payload = ''] = (request.headers.authorization ?? '').split('.');
    const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(profiles.get(sub) ?? {}));
    return;
  }
  answer(request, response);
});

const commands = {
  listen: ({ port }) =>
    new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server.address().port))),
  away: () => {
    answer = (request, response) => response.writeHead(503).end();
  },
  serve: async ({ issuer, keys }) => {
    const { Provider } = await import('oidc-provider');
    provider = new Provider(issuer, {
      clients: [
        {
          client_id: 'shop',
          redirect_uris: [],
          response_types: [],
          grant_types: ['client_credentials'],
          client_secret: 'a secret of the shop',
        },
      ],
      features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
      jwks: { keys },
      extraTokenClaims: (_context, token) => claimsOf.get(token),
    });
    answer = provider.callback();
  },
  issue: async ({ sub, audience, alg, expiresIn, claims }) => {
    const token = new provider.AccessToken({
      client: await provider.Client.find('shop'),
      accountId: sub,
      expiresIn,
    });
    claimsOf.set(token, claims);
    token.resourceServer = new provider.ResourceServer('https://api.souk.test', {
      audience,
      accessTokenFormat: 'jwt',
      jwt: { sign: { alg } },
    });
    return token.save();
  },
  profile: ({ sub, claims }) => void profiles.set(sub, claims),
  requests: () => requests.splice(0),
};

process.on('message', async ({ id, command, ...parameters }) => {
  try {
    process.send({ id, result: (await commands[command](parameters)) ?? null });
  } catch (error) {
    process.send({ id, error: String(error?.stack ?? error) });
  }
});
process.on('disconnect', () => process.exit());
