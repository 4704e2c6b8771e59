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

/** Names of the variables that each package reads. */
export const variablesByPackage: readonly (readonly string[])[] = [
  ofAccount,
  ofCatalog,
  ofOrder,
  ofPayment,
  ofSocial,
  ofGateway,
];

/** Names of the variables that any package reads. */
export const packageVariables: readonly string[] = variablesByPackage.flat();

/** Placeholders for variables that the launcher sets itself. */
const launcherDefaults = {
  PORT: '4000',
  DATABASE_URL: 'postgres://127.0.0.1',
  GATEWAY_SECRET: randomBytes(32).toString('hex'),
};

/** The gateway's settings. Call it only when `packageConfigProblems` returned none. */
export function gatewaySettings(environment: NodeJS.ProcessEnv): GatewayConfig {
  return readGateway({ ...launcherDefaults, ...present(environment) });
}

function present(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}

/** Runs the config reader of every package and returns their problems, before anything is started. */
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
