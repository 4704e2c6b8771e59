import { Client } from './client';
import type { Topology } from './souk';
import { admin } from './souk';

declare const topologyUnderTest: Topology;

/** The topology that this run of the suite is about. */
export const topology: Topology = topologyUnderTest;

/** The public door of the Souk that was started for it. */
export const soukUrl: string = addressOf(topology);

/** Nobody in particular. */
export function anonymous(): Client {
  return new Client(soukUrl);
}

/** Somebody new. */
export function newUser(label?: string): Promise<Client> {
  return anonymous().register(label);
}

/** The administrator. */
export function administrator(): Promise<Client> {
  return anonymous().login(admin.email, admin.password);
}

function addressOf(name: Topology): string {
  const url = process.env[`SOUK_URL_${name.toUpperCase()}`];
  if (!url) throw new Error(`No Souk was started for ${name}.`);
  return url;
}
