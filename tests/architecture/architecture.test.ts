import { importCycles, productFiles, readSource, rules } from './architecture.js';

const files = productFiles();

/** For each rule, files that break it: a rule that does not see them sees nothing. */
const planted: readonly { rule: number; path: string; text: string }[] = [
  { rule: 0, path: 'shared/src/money.ts', text: "import { x } from '@souk/order/domain/order/order';" },
  {
    rule: 0,
    path: 'shared/src/db/inbox.ts',
    text: "import type { MessageWorker } from '../queue/message-worker.js';",
  },
  { rule: 0, path: 'shared/src/contracts/order.ts', text: "import { Database } from '../db/database.js';" },
  {
    rule: 1,
    path: 'gateway/src/access/access-rules.ts',
    text: "import { createApp } from '@souk/account/app';",
  },
  {
    rule: 2,
    path: 'subgraphs/order/src/domain/cart/cart.ts',
    text: "import { Offer } from '@souk/catalog/entities/offer';",
  },
  {
    rule: 2,
    path: 'subgraphs/order/src/domain/cart/cart.ts',
    text: "import { x } from '../../../../catalog/src/entities/offer.js';",
  },
  { rule: 2, path: 'client/src/souk-client.ts', text: "import { newId } from '@souk/shared/ids';" },
  { rule: 2, path: 'stripe-simulator/src/app.ts', text: "import { newId } from '@souk/shared/ids';" },
  {
    rule: 3,
    path: 'subgraphs/order/src/domain/cart/cart.ts',
    text: "import { start } from '../../saga/checkout-starter.js';",
  },
  {
    rule: 3,
    path: 'subgraphs/order/src/entities/cart.ts',
    text: "import type { Rules } from '../domain/cart.js';",
  },
  {
    rule: 3,
    path: 'subgraphs/order/src/resolvers/cart.ts',
    text: "import { commands } from '../workers/commands.js';",
  },
  {
    rule: 3,
    path: 'subgraphs/order/src/domain/cart/cart.ts',
    text: "const app = await import('../../app.js');",
  },
  {
    rule: 3,
    path: 'subgraphs/payment/src/domain/payment/payment.ts',
    text: "import { StripeClient } from '../../stripe/client.js';",
  },
  { rule: 4, path: 'subgraphs/payment/src/domain/payment/payment.ts', text: "import Stripe from 'stripe';" },
  { rule: 4, path: 'gateway/src/app.ts', text: "import { createBullBoard } from '@bull-board/api';" },
  {
    rule: 4,
    path: 'gateway/src/http/graphql-handler.ts',
    text: "import { trace } from '@opentelemetry/api';",
  },
  { rule: 4, path: 'subgraphs/order/src/catalog-client.ts', text: "import CircuitBreaker from 'opossum';" },
  { rule: 4, path: 'subgraphs/order/src/saga/checkout-starter.ts', text: "import { Queue } from 'bullmq';" },
  { rule: 4, path: 'subgraphs/order/src/app.ts', text: 'const url = process.env.DATABASE_URL;' },
  {
    rule: 5,
    path: 'subgraphs/order/src/app.ts',
    text: "import { openDataSource } from '@souk/shared/db/data-source';",
  },
  { rule: 5, path: 'subgraphs/order/src/resolvers/cart.ts', text: "import { createApp } from '../app.js';" },
  {
    rule: 6,
    path: 'subgraphs/account/src/domain/identity/user.ts',
    text: "import type { SessionTokens } from '../session/session.js';",
  },
  {
    rule: 6,
    path: 'subgraphs/account/src/domain/partner/partner.ts',
    text: "import { startSession } from '../session/session.js';",
  },
  {
    rule: 6,
    path: 'subgraphs/account/src/domain/locks.ts',
    text: "import { findCredentials } from './identity/user.js';",
  },
  {
    rule: 7,
    path: 'gateway/src/execution/graph.ts',
    text: "import type { ErrorMask } from '../http/errors.js';",
  },
  {
    rule: 7,
    path: 'gateway/src/cache/cache-policy.ts',
    text: "import { accessRules } from '../access/access-rules.js';",
  },
  { rule: 7, path: 'gateway/src/http/errors.ts', text: "import { createGateway } from '../app.js';" },
  { rule: 8, path: 'testing/src/until.ts', text: "import { createGateway } from '@souk/gateway/app';" },
  { rule: 8, path: 'testing/src/until.ts', text: "import { afterAll } from '@jest/globals';" },
  { rule: 8, path: 'standalone/src/main.ts', text: "import { startSouk } from '@souk/testing';" },
];

describe.each(rules.map((rule, index) => ({ rule, index, name: rule.name })))('$name', ({ rule, index }) => {
  it('holds', () => {
    expect(files.flatMap((file) => rule.violations(file))).toEqual([]);
  });

  it.each(planted.filter((plant) => plant.rule === index))(
    'sees the violation planted in $path: $text',
    ({ path, text }) => {
      expect(rule.violations(readSource(path, text))).not.toEqual([]);
    },
  );
});

it('reads every package', () => {
  for (const subgraph of ['account', 'catalog', 'order', 'payment', 'social']) {
    expect(files.some((file) => file.path === `subgraphs/${subgraph}/src/app.ts`)).toBe(true);
  }
  expect(files.length).toBeGreaterThan(100);
});

describe('import cycles', () => {
  it('do not exist', () => {
    expect(importCycles(files)).toEqual([]);
  });

  it('are found between two planted files', () => {
    const [a, b] = ['gateway/src/cache/a.ts', 'gateway/src/cache/b.ts'];
    const cycle = [
      readSource(a, "import type { B } from './b.js';"),
      readSource(b, "import { a } from './a.js';"),
    ];
    expect(importCycles(cycle)).toEqual([[a, b, a]]);
  });
});

it('has no barrels and no utils files', () => {
  const bad = files.filter(({ path }) => /\/(index|utils?|helpers?|misc|common)\.ts$/.test(path));
  expect(bad.map(({ path }) => path)).toEqual([]);
});
