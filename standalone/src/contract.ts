import { notImplemented as account } from '@souk/account/resolvers/not-implemented';
import { notImplemented as catalog } from '@souk/catalog/resolvers/not-implemented';
import { notImplemented as order } from '@souk/order/resolvers/not-implemented';
import { notImplemented as payment } from '@souk/payment/resolvers/not-implemented';
import { notImplemented as social } from '@souk/social/resolvers/not-implemented';

const bySubgraph = { account, catalog, order, payment, social };

/** `npm run contract`: lists the fields that return NOT_IMPLEMENTED, by subgraph, with their number. */
function report(): string {
  const sections = Object.entries(bySubgraph).map(([name, fields]) =>
    [`${name}: ${fields.length}`, ...[...fields].sort().map((field) => `  ${field}`)].join('\n'),
  );
  const total = Object.values(bySubgraph).reduce((sum, fields) => sum + fields.length, 0);
  return [...sections, `${total} fields are not implemented.`].join('\n\n');
}

process.stdout.write(`${report()}\n`);
