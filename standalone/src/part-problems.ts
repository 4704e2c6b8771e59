import { readConfig as readAccount } from '@souk/account/config';
import { readConfig as readCatalog } from '@souk/catalog/config';
import { readConfig as readGateway } from '@souk/gateway/config';
import { readConfig as readOrder } from '@souk/order/config';
import { readConfig as readPayment } from '@souk/payment/config';
import { ConfigurationError } from '@souk/shared/env';
import { readConfig as readSocial } from '@souk/social/config';

const readers = [readAccount, readCatalog, readOrder, readPayment, readSocial, readGateway];

/** For what the house gives its parts where nobody else does. */
const houseGives = { PORT: '4000', DATABASE_URL: 'postgres://127.0.0.1', GATEWAY_SECRET: 'x'.repeat(16) };

/** What is wrong with the variables that are handed on to the parts: found before any of them is started. */
export function partProblems(environment: NodeJS.ProcessEnv): string[] {
  const given = Object.entries(environment).filter(([, value]) => value !== '');
  return readers.flatMap((read) => {
    try {
      read({ ...houseGives, ...Object.fromEntries(given) });
      return [];
    } catch (error) {
      if (error instanceof ConfigurationError) return error.problems;
      throw error;
    }
  });
}
