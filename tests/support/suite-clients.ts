import { Client } from './client';
import type { SoukUnderTest } from './e2e-environment';
import type { Topology } from './souk';
import { admin } from './souk';

declare const soukUnderTest: SoukUnderTest;

/** The topology that this run of the suite is about. */
export const topology: Topology = soukUnderTest.topology;

/** The public door of the Souk that was started for it. */
export const soukUrl: string = soukUnderTest.url;

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
