import { FAULT_KINDS } from '../http/faults.js';
import { OFFERED_NAMES } from '../test-payment-methods.js';

const STYLE = `
  :root { color-scheme: light dark; --line: light-dark(#d8dce3, #3a3f4a); --soft: light-dark(#f4f5f8, #1f232b);
    --accent: light-dark(#4a3fd6, #a49cff); --bad: light-dark(#b3261e, #ff9d94); --good: light-dark(#1a7f4b, #6fd6a0); }
  body { font: 15px/1.45 system-ui, sans-serif; margin: 0 auto; padding: 1.5rem; max-width: 76rem; }
  h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
  header, .row { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; }
  header { justify-content: space-between; }
  .totals { margin: 1rem 0; gap: 1rem; }
  .card { background: var(--soft); border: 1px solid var(--line); border-radius: .5rem; padding: .6rem 1rem; }
  .card b { display: block; font-size: 1.15rem; font-variant-numeric: tabular-nums; }
  .wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
  th { font-weight: 600; } td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  code { font: 13px ui-monospace, monospace; } .bad { color: var(--bad); } .good { color: var(--good); }
  button, select, input { font: inherit; padding: .2rem .6rem; border-radius: .35rem; border: 1px solid var(--line); }
  button { cursor: pointer; color: var(--accent); background: var(--soft); }
  #notice { min-height: 1.5em; } .empty { opacity: .65; }
`;

/** Runs in the browser. Everything that comes from outside goes into the page as text, never as markup. */
const SCRIPT = `
  const base = location.pathname.replace(/\\/$/, '');
  const byId = (id) => document.getElementById(id);

  function element(tag, properties = {}, ...children) {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  }

  async function call(path, body, method = 'POST') {
    byId('notice').textContent = '';
    const response = await fetch(base + path, {
      method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) byId('notice').textContent = answer.error?.message ?? 'Failed';
    await refresh();
  }

  const button = (label, path, body) => element('button', { textContent: label, onclick: () => call(path, body) });

  function money(amount, currency) {
    const format = new Intl.NumberFormat(undefined, { style: 'currency', currency: currency.toUpperCase() });
    // Stripe passes these two with decimals that ISO 4217 does not know.
    const digits = ['isk', 'ugx'].includes(currency) ? 2 : format.resolvedOptions().maximumFractionDigits;
    return format.format(amount / 10 ** digits);
  }

  const time = (seconds) => new Date(seconds * 1000).toLocaleTimeString();
  const code = (text) => element('code', { textContent: text });

  function intentActions(intent) {
    const path = '/payment_intents/' + intent.id;
    if (intent.status === 'requires_action') {
      return [button('Authenticate', path + '/authenticate', { outcome: 'succeed' }),
        button('Fail authentication', path + '/authenticate', { outcome: 'fail' })];
    }
    if (intent.status === 'processing') {
      return [button('Settle', path + '/settle', { outcome: 'succeed' }),
        button('Fail', path + '/settle', { outcome: 'fail' })];
    }
    if (intent.status === 'succeeded') {
      return [button('Refund', path + '/refund', {}), button('Dispute', path + '/dispute', {})];
    }
    if (intent.status !== 'requires_payment_method' && intent.status !== 'requires_confirmation') return [];
    return [element('button', {
      textContent: 'Pay with the chosen method',
      onclick: () => call(path + '/confirm', { payment_method: byId('method').value }),
    })];
  }

  function refundActions(refund) {
    const path = '/refunds/' + refund.id + '/settle';
    const fail = button('Fail', path, { outcome: 'fail' });
    if (refund.status === 'pending') return [button('Succeed', path, { outcome: 'succeed' }), fail];
    return refund.status === 'succeeded' ? [fail] : [];
  }

  function disputeActions(dispute) {
    if (['won', 'lost', 'warning_closed'].includes(dispute.status)) return [];
    const path = '/disputes/' + dispute.id + '/close';
    return [button('Win', path, { outcome: 'won' }), button('Lose', path, { outcome: 'lost' })];
  }

  function table(id, heads, rows) {
    const place = byId(id);
    if (rows.length === 0) {
      place.replaceChildren(element('p', { className: 'empty', textContent: 'Nothing yet.' }));
      return;
    }
    const head = element('tr', {}, ...heads.map((text) => element('th', { textContent: text, scope: 'col' })));
    place.replaceChildren(element('table', {},
      element('thead', {}, head),
      element('tbody', {}, ...rows.map((cells) => element('tr', {}, ...cells.map((cell) =>
        cell instanceof HTMLTableCellElement ? cell : element('td', {}, cell)))))));
  }

  const number = (text) => element('td', { className: 'number', textContent: text });
  const mood = (text, good, bad) =>
    element('span', { textContent: text, className: good ? 'good' : bad ? 'bad' : '' });

  function show(state) {
    byId('totals').replaceChildren(...Object.entries(state.totals).map(([currency, total]) =>
      element('div', { className: 'card' }, currency.toUpperCase() + ' charged',
        element('b', { textContent: money(total.charged, currency) }),
        'refunded ' + money(total.refunded, currency) + ', net ' + money(total.net, currency))));

    table('intents', ['PaymentIntent', 'Amount', 'Status', 'Made', 'Play'], state.payment_intents.map((intent) => [
      code(intent.id), number(money(intent.amount, intent.currency)),
      element('span', {}, mood(intent.status, intent.status === 'succeeded', intent.status === 'canceled'),
        intent.last_payment_error ? element('div', { className: 'bad', textContent: intent.last_payment_error.message }) : ''),
      time(intent.created), element('span', { className: 'row' }, ...intentActions(intent)),
    ]));
    table('refunds', ['Refund', 'Amount', 'Status', 'PaymentIntent', 'Made', 'Play'], state.refunds.map((refund) => [
      code(refund.id), number(money(refund.amount, refund.currency)),
      mood(refund.status, refund.status === 'succeeded', refund.status === 'failed'),
      code(refund.payment_intent), time(refund.created), element('span', { className: 'row' }, ...refundActions(refund)),
    ]));
    table('disputes', ['Dispute', 'Amount', 'Status', 'Reason', 'PaymentIntent', 'Made', 'Play'],
      state.disputes.map((dispute) => [
        code(dispute.id), number(money(dispute.amount, dispute.currency)),
        mood(dispute.status, dispute.status === 'won', dispute.status === 'lost'), dispute.reason,
        code(dispute.payment_intent), time(dispute.created),
        element('span', { className: 'row' }, ...disputeActions(dispute)),
      ]));
    const deliveries = new Map(state.deliveries.map((delivery) => [delivery.event, delivery]));
    table('events', ['Event', 'Type', 'Object', 'Delivery', 'Made'], state.events.map((event) => {
      const delivery = deliveries.get(event.id);
      const text = delivery === undefined ? 'not owed'
        : delivery.state + (delivery.attempts > 0 ? ', attempt ' + delivery.attempts + ': ' + delivery.last_outcome : '');
      return [code(event.id), event.type, code(event.object),
        mood(text, delivery?.state === 'delivered', delivery?.state === 'failed'), time(event.created)];
    }));
    table('faults', ['Fault', 'Calls left', 'Only'], state.faults.map((fault) => [
      fault.kind, number(String(fault.count)), code([fault.method, fault.path].filter(Boolean).join(' ') || 'any call'),
    ]));

    const { url, paused, duplicate } = state.webhooks;
    byId('webhooks').replaceChildren(
      url === null ? 'No webhook address is set: no events are sent.' : element('span', {}, 'Events go to ', code(url)),
      button(paused ? 'Resume' : 'Pause', '/webhooks', { paused: !paused }),
      button(duplicate ? 'Send once' : 'Send twice', '/webhooks', { duplicate: !duplicate }));
  }

  async function refresh() {
    try {
      const response = await fetch(base + '/state?limit=50');
      show(await response.json());
      byId('age').textContent = 'As of ' + new Date().toLocaleTimeString();
    } catch {
      byId('age').textContent = 'The simulator does not answer.';
    }
  }

  byId('addFault').onclick = () => call('/faults', {
    kind: byId('faultKind').value,
    count: Number(byId('faultCount').value),
    ...(byId('faultPath').value === '' ? {} : { path: byId('faultPath').value }),
    ...(byId('faultKind').value === 'slow' ? { delay_ms: 3000 } : {}),
  });
  byId('clearFaults').onclick = () => call('/faults', undefined, 'DELETE');
  void refresh();
  setInterval(() => { if (document.visibilityState === 'visible') void refresh(); }, 2000);
`;

/** The simulator's page: one self-contained document, whose style and script carry the nonce. */
export function page(nonce: string): string {
  const methods = options(OFFERED_NAMES);
  const faultKinds = options(FAULT_KINDS);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stripe simulator</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<header><h1>Stripe simulator</h1><span id="age" aria-live="polite"></span></header>
<p id="notice" class="bad" role="status"></p>
<div id="totals" class="row totals"></div>
<h2>PaymentIntents</h2>
<p><label>Method to pay with <select id="method">${methods}</select></label></p>
<div id="intents" class="wide"></div>
<h2>Refunds</h2>
<div id="refunds" class="wide"></div>
<h2>Disputes</h2>
<div id="disputes" class="wide"></div>
<h2>Webhooks</h2>
<div id="webhooks" class="row"></div>
<div id="events" class="wide"></div>
<h2>Faults</h2>
<div class="row">
<label>Kind <select id="faultKind">${faultKinds}</select></label>
<label>Calls <input id="faultCount" type="number" min="1" value="1" size="4"></label>
<label>Path <input id="faultPath" placeholder="/v1/refunds"></label>
<button id="addFault">Add</button><button id="clearFaults">Clear</button>
</div>
<div id="faults" class="wide"></div>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>
`;
}

function options(names: readonly string[]): string {
  return names.map((name) => `<option>${name}</option>`).join('');
}
