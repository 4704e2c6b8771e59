/** Where the queues are shown, and its session begins and ends below it. */
export const queuesPath = '/admin/queues';

/** Of the sign-in page: nothing but its own script and style, and calls of our own address. */
export function signInPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Of the board: its own files; styles and images that it makes. It would like fonts of others, and goes without. */
export const boardPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Signs in by the API like every client, second factor and throttling included, and changes the access token for a
 * cookie that scripts cannot read.
 */
export function signInPage(nonce: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>Souk queues</title>
<style nonce="${nonce}">
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 22rem; margin: 15vh auto; padding: 0 1rem; }
  label { display: block; margin: 0.8rem 0; }
  input, button { font: inherit; width: 100%; box-sizing: border-box; padding: 0.4rem; }
  output { color: #a00; }
</style>
<h1>Souk queues</h1>
<form>
  <label>E-mail <input name="email" type="email" autocomplete="username" required></label>
  <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
  <label hidden>Code of the second factor <input name="code" autocomplete="one-time-code"></label>
  <button>Sign in</button>
  <p><output></output></p>
</form>
<script nonce="${nonce}">
  const form = document.querySelector('form');
  const said = document.querySelector('output');
  const fields = 'accessToken mfaChallenge userErrors { message }';
  let challenge = null;

  async function post(path, body) {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = response.status === 204 ? {} : await response.json();
    if (answer.errors) throw new Error(answer.errors[0].message);
    return answer.data;
  }

  async function mutate(query, variables) {
    const [payload] = Object.values(await post('/graphql', { query, variables }));
    if (payload.userErrors.length > 0) throw new Error(payload.userErrors[0].message);
    return payload;
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    said.textContent = '';
    const { email, password, code } = Object.fromEntries(new FormData(form));
    try {
      const payload =
        challenge === null
          ? await mutate(
              'mutation ($email: EmailAddress!, $password: String!) { login(email: $email, password: $password) { ' + fields + ' } }',
              { email, password },
            )
          : await mutate(
              'mutation ($challenge: String!, $code: String!) { verifyMfa(challenge: $challenge, code: $code) { ' + fields + ' } }',
              { challenge, code },
            );
      if (payload.mfaChallenge) {
        challenge = payload.mfaChallenge;
        form.code.parentElement.hidden = false;
        form.code.focus();
        return;
      }
      await post('${queuesPath}/session', { accessToken: payload.accessToken });
      location.reload();
    } catch (error) {
      said.textContent = error.message;
    }
  });
</script>
</html>
`;
}
