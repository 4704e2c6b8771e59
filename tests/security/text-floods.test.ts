import { gzipSync } from 'node:zlib';
import { anonymous, soukUrl } from '../support/suite-clients.js';

const register = `mutation ($input: RegisterInput!) {
  register(input: $input) { accessToken userErrors { code field message } }
}`;

const registration = (over: object): Record<string, unknown> => ({
  input: {
    email: `${crypto.randomUUID()}@example.com`,
    password: 'correct horse battery',
    firstName: 'Test',
    lastName: 'Flood',
    ...over,
  },
});

/** Milliseconds that a call takes. */
async function timed(call: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await call();
  return performance.now() - begun;
}

/** Normalizing so many combining marks took ten seconds of processor time. */
const marks = `a${'\u0301\u0316'.repeat(80_000)}`;
const letters = 'a'.repeat(marks.length);

it('refuses a name of combining marks as fast as one of letters, and says which field', async () => {
  const client = anonymous();
  const refused = (firstName: string): Promise<unknown> =>
    expect(client.run(register, registration({ firstName }))).resolves.toMatchObject({
      register: { accessToken: null, userErrors: [{ code: 'INVALID', field: ['input', 'firstName'] }] },
    });
  const ofLetters = await timed(() => refused(letters));
  const ofMarks = await timed(() => refused(marks));
  // Generous, for a machine that has much else to do: it was a factor of thousands.
  expect(ofMarks).toBeLessThan(5 * ofLetters + 2_000);
});

it('does not unpack a body without bound', async () => {
  const body = gzipSync(
    JSON.stringify({ query: register, variables: registration({ firstName: 'a'.repeat(50_000_000) }) }),
  );
  const response = await fetch(`${soukUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body,
  });
  expect([413, 415]).toContain(response.status);
});
