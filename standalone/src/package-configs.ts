import { randomBytes } from 'node:crypto';
import { readConfig as readAccount, variableNames as ofAccount } from '@souk/account/config';
import { readConfig as readCatalog, variableNames as ofCatalog } from '@souk/catalog/config';
import type { Config as GatewayConfig } from '@souk/gateway/config';
import { readConfig as readGateway, variableNames as ofGateway } from '@souk/gateway/config';
import { readConfig as readOrder, variableNames as ofOrder } from '@souk/order/config';
import { readConfig as readPayment, variableNames as ofPayment } from '@souk/payment/config';
import { ConfigurationError } from '@souk/shared/env';
import { readConfig as readSocial, variableNames as ofSocial } from '@souk/social/config';

const readers = [readAccount, readCatalog, readOrder, readPayment, readSocial, readGateway];

/** The names of the variables that each part reads. */
export const variablesByPackage: readonly (readonly string[])[] = [
  ofAccount,
  ofCatalog,
  ofOrder,
  ofPayment,
  ofSocial,
  ofGateway,
];

/** The names of all variables that a part reads. */
export const packageVariables: readonly string[] = variablesByPackage.flat();

/** For what a launcher gives the parts where nobody else does. */
const launcherDefaults = {
  PORT: '4000',
  DATABASE_URL: 'postgres://127.0.0.1',
  GATEWAY_SECRET: randomBytes(32).toString('hex'),
};

/** The gateway's settings, where `partProblems` found nothing. */
export function gatewaySettings(environment: NodeJS.ProcessEnv): GatewayConfig {
  return readGateway({ ...launcherDefaults, ...present(environment) });
}

function present(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}

/** What is wrong with the variables that are handed on to the parts: found before any of them is started. */
export function packageConfigProblems(environment: NodeJS.ProcessEnv): string[] {
  return readers.flatMap((read) => {
    try {
      read({ ...launcherDefaults, ...present(environment) });
      return [];
    } catch (error) {
      if (error instanceof ConfigurationError) return error.problems;
      throw error;
    }
  });
}
