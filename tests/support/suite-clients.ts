import type { SoukConnection } from '@souk/testing/souk-connection';
import { connectSouk } from '@souk/testing/souk-connection';
import type { Topology } from '@souk/testing/supervisor-messages';
import { TestClient } from '@souk/testing/test-client';
import type { SoukUnderTest } from './e2e-environment';

declare const soukUnderTest: SoukUnderTest;

/** The topology under test. */
export const topology: Topology = soukUnderTest.topology;

/** The Souk under test. */
export const souk: SoukConnection = connectSouk(soukUnderTest.addresses);

/** The URL of the Souk under test. */
export const soukUrl: string = souk.url;

/** The key that signs access tokens, as PEM: a test can make a token that no login gives. */
export const signingKey: string = soukUnderTest.signingKey;

/** An anonymous client of its own, which can become a person. */
export function anonymous(): TestClient {
  return new TestClient(soukUrl);
}

/** Registers a new user. */
export function newUser(label?: string): Promise<TestClient> {
  return souk.newBuyer(label);
}

/** Signs in as the administrator. */
export function administrator(): Promise<TestClient> {
  return souk.as('admin');
}
