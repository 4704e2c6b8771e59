import type { SoukAddresses } from '@souk/testing/souk-connection';
import type { Topology } from '@souk/testing/supervisor-messages';
import { ProcessEnvironment } from './process-environment';

/** The Souk under test, as an end-to-end suite sees it. */
export interface SoukUnderTest {
  topology: Topology;
  addresses: SoukAddresses;
  /** The private key of access tokens, as PEM. */
  signingKey: string;
  /** The URL of an external issuer whose access tokens it accepts; nothing listens there. */
  externalIssuer: string;
}

const enterTimeoutMs = 240_000;
const leaveTimeoutMs = 10_000;

/** Requests the shared Souk of the topology before a suite and releases it afterwards, even after a failure. */
module.exports = class SoukEnvironment extends ProcessEnvironment {
  readonly #topology: Topology;
  readonly #address: string;
  #hasEntered = false;

  constructor(...[config]: ConstructorParameters<typeof ProcessEnvironment>) {
    super(config);
    this.#topology = config.projectConfig.testEnvironmentOptions['topology'] as Topology;
    this.#address = `${String(process.env['SHARED_SOUK_URL'])}/${this.#topology}`;
  }

  override async setup(): Promise<void> {
    await super.setup();
    this.#hasEntered = true;
    const answer = await fetch(this.#address, {
      method: 'POST',
      signal: AbortSignal.timeout(enterTimeoutMs),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`No Souk was started for ${this.#topology}: ${text}`);
    const { addresses, externalIssuer } = JSON.parse(text) as Pick<
      SoukUnderTest,
      'addresses' | 'externalIssuer'
    >;
    const signingKey = String(process.env['SHARED_SOUK_SIGNING_KEY']);
    Reflect.set(globalThis, 'soukUnderTest', {
      topology: this.#topology,
      addresses,
      signingKey,
      externalIssuer,
    } satisfies SoukUnderTest);
  }

  override async teardown(): Promise<void> {
    if (this.#hasEntered) {
      await fetch(this.#address, { method: 'DELETE', signal: AbortSignal.timeout(leaveTimeoutMs) });
    }
    await super.teardown();
  }
};
