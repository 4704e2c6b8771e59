import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { TicketLinks } from '@souk/order/domain/ticket/ticket-link';
import type { OrderTicket } from '@souk/order/domain/ticket/order-tickets';
import { findTicketsOf } from '@souk/order/domain/ticket/order-tickets';
import { connect, queryableOf } from '@souk/shared/postgres';
import { displayOrigin } from './banner.js';
import { runCommand } from './command-line.js';
import type { LauncherConfig } from './config.js';
import { readConfig } from './config.js';
import { databaseAddress } from './database-address.js';
import { loadSecrets } from './secrets.js';

// `npm run tickets:pdf -- ORDER [DIRECTORY]`: writes the printable tickets of an order of a running Souk, each to a file of its
// owner only. ORDER is its number or id. Exits with 1 if the order has no tickets, with 2 if it failed.

const usage = 'Usage: npm run tickets:pdf -- ORDER [DIRECTORY]';
const timeoutMs = 15_000;

async function run(): Promise<boolean> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [order, directory = '.', ...others] = positionals;
  if (order === undefined || others.length > 0) throw new Error(usage);
  const config = readConfig(null);
  const tickets = await findTickets(order, config);
  if (tickets.length === 0) {
    process.stderr.write('The order is unknown, or has no valid tickets.\n');
    return false;
  }
  const { gatewaySecret } = await loadSecrets(config.dataDir, config.secrets);
  const origin = config.environment['PUBLIC_URL'] || displayOrigin(config.host, config.port);
  const links = new TicketLinks(gatewaySecret, new URL(origin).origin);
  await mkdir(directory, { recursive: true });
  for (const [index, { orderNumber, ...token }] of tickets.entries()) {
    const response = await fetch(links.urlOf(token, 'pdf'), { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw new Error(`Ticket ${index + 1}: HTTP ${response.status} from ${origin}.`);
    const file = path.join(directory, `${orderNumber}-${index + 1}.pdf`);
    await writeFile(file, Buffer.from(await response.arrayBuffer()), { mode: 0o600 });
    process.stdout.write(`${file}\n`);
  }
  return true;
}

async function findTickets(order: string, config: LauncherConfig): Promise<OrderTicket[]> {
  const database = await connect(await databaseAddress('order', config));
  try {
    return await findTicketsOf(queryableOf(database), order);
  } finally {
    await database.end();
  }
}

runCommand(run);
