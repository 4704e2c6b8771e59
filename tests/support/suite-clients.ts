import { Client } from './client';
import type { SoukUnderTest } from './e2e-environment';
import type { Topology } from './souk';
import { admin } from './souk';

declare const soukUnderTest: SoukUnderTest;

/** The topology under test. */
export const topology: Topology = soukUnderTest.topology;

/** The URL of the Souk under test. */
export const soukUrl: string = soukUnderTest.url;

/** An anonymous client. */
export function anonymous(): Client {
  return new Client(soukUrl);
}

/** Registers a new user. */
export function newUser(label?: string): Promise<Client> {
  return anonymous().register(label);
}

/** Logs in as the administrator. */
export function administrator(): Promise<Client> {
  return anonymous().login(admin.email, admin.password);
}
