import { setTimeout as sleep } from 'node:timers/promises';
import type { TransferDue } from '@souk/payment/domain/reconciliation/ledger-audit';
import { transfersDue } from '@souk/payment/domain/reconciliation/ledger-audit';
import type { ReconciliationRun } from '@souk/payment/domain/reconciliation/reconciliation-run';
import {
  lastReconciliation,
  requestReconciliation,
  stateOfRequest,
} from '@souk/payment/domain/reconciliation/reconciliation-run';
import { toApiId } from '@souk/shared/ids';
import { formatMoney } from '@souk/shared/money';
import type { Queryable } from '@souk/shared/postgres';
import { queryableOf, connect } from '@souk/shared/postgres';
import { runCommand } from './command-line.js';
import { readConfig } from './config.js';
import { databaseAddress } from './database-address.js';
import type { OrderDifference } from './order-comparison.js';
import { compareOrders } from './order-comparison.js';

// `npm run payments:reconcile [-- days]`: requests a reconciliation from the running Souk, compares its
// payments with the orders, and prints the differences. It reads two databases; the payment process calls the provider.

const defaultDays = 7;
const maxDays = 3_650;
const patienceMs = 15 * 60_000;
const takenWithinMs = 30_000;
const lookEveryMs = 250;
const maxTransfers = 100;
const maxOrders = 1_000;
const dayMs = 86_400_000;

async function run(): Promise<boolean> {
  const days = readDays(process.argv[2]);
  const config = readConfig(null);
  const payments = await connect(await databaseAddress('payment', config));
  const orders = await connect(await databaseAddress('order', config));
  try {
    const database = queryableOf(payments);
    const before = await lastReconciliation(database);
    await requestReconciliation(database, days);
    const result = await resultOf(database, before);
    const since = new Date(result.ranAt.getTime() - days * dayMs);
    const ofOrders = await compareOrders({ order: queryableOf(orders), payment: database }, since, maxOrders);
    const transfers = await transfersDue(database, since, maxTransfers);
    process.stdout.write(report({ result, days, transfers, ...ofOrders }));
    return result.balanced && ofOrders.differences.length === 0;
  } finally {
    await Promise.all([payments.end(), orders.end()]);
  }
}

function readDays(text: string | undefined): number {
  const days = text === undefined ? defaultDays : Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= maxDays) return days;
  throw new Error(`The number of days must be 1 to ${maxDays}.`);
}

async function resultOf(database: Queryable, before: ReconciliationRun | null): Promise<ReconciliationRun> {
  const began = performance.now();
  while (performance.now() - began < patienceMs) {
    const state = await stateOfRequest(database);
    if (state === 'done') {
      const last = await lastReconciliation(database);
      if (last && last.ranAt.getTime() !== before?.ranAt.getTime()) return last;
      throw new Error('The reconciliation failed. See the log of the payment process.');
    }
    if (state === 'waiting' && performance.now() - began > takenWithinMs) {
      throw new Error('No payment process accepted the request. Is Souk running?');
    }
    await sleep(lookEveryMs);
  }
  throw new Error(`The reconciliation is still running after ${patienceMs / 60_000} minutes.`);
}

/** The results to report. */
interface Found {
  result: ReconciliationRun;
  days: number;
  checkedOrders: number;
  differences: readonly OrderDifference[];
  transfers: readonly TransferDue[];
}

function report({ result, days, checkedOrders, differences: ofOrders, transfers }: Found): string {
  const { balanced, checkedPayments, differences, ranAt } = result;
  const sections = [
    `${ranAt.toISOString()}: ${checkedPayments} payments of the last ${days} days, ` +
      (balanced ? 'the ledger and the provider agree.' : `${differences.length} differences.`),
  ];
  if (differences.length > 0) {
    sections.push(
      table(
        ['kind', 'payment', 'at the provider', 'what'],
        differences.map(({ kind, paymentId, providerPaymentId, message }) => [
          kind,
          paymentId === null ? '-' : toApiId('payment', paymentId),
          providerPaymentId ?? '-',
          message,
        ]),
      ),
    );
  }
  sections.push(
    `${checkedOrders} orders: ` +
      (ofOrders.length === 0 ? 'all agree with the ledger.' : `${ofOrders.length} differences.`),
  );
  if (ofOrders.length > 0) {
    sections.push(
      table(
        ['order', 'payment', 'what'],
        ofOrders.map(({ orderId, number, paymentId, message }) => [
          number ?? toApiId('order', orderId),
          paymentId === null ? '-' : toApiId('payment', paymentId),
          message,
        ]),
      ),
    );
  }
  if (transfers.length > 0) {
    sections.push(
      'Refunds to transfer manually, unless already done:',
      table(
        ['booked', 'reference', 'amount'],
        transfers.map(({ at, reference, amount, currency }) => [
          at.toISOString(),
          reference,
          formatMoney({ amount, currency }, 'en'),
        ]),
      ),
    );
  }
  return `${sections.join('\n\n')}\n`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(heads), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

runCommand(run);
