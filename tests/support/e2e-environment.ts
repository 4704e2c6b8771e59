import { TestEnvironment } from 'jest-environment-node';
import type { Topology } from './souk';

/** What a suite behind the public door is told of the Souk that it is about. */
export interface SoukUnderTest {
  topology: Topology;
  url: string;
}

const enterTimeoutMs = 240_000;
const leaveTimeoutMs = 10_000;

/** Asks the keeper for the topology's Souk before a suite, and tells it afterwards, however the suite ended. */
module.exports = class SoukEnvironment extends TestEnvironment {
  readonly #topology: Topology;
  readonly #place: string;
  #hasEntered = false;

  constructor(...[config, context]: ConstructorParameters<typeof TestEnvironment>) {
    super(config, context);
    this.#topology = config.projectConfig.testEnvironmentOptions['topology'] as Topology;
    this.#place = `${String(process.env['SHARED_SOUK_URL'])}/${this.#topology}`;
  }

  override async setup(): Promise<void> {
    await super.setup();
    this.#hasEntered = true;
    const answer = await fetch(this.#place, { method: 'POST', signal: AbortSignal.timeout(enterTimeoutMs) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`No Souk was started for ${this.#topology}: ${text}`);
    this.global['soukUnderTest'] = { topology: this.#topology, url: text } satisfies SoukUnderTest;
  }

  override async teardown(): Promise<void> {
    if (this.#hasEntered) {
      await fetch(this.#place, { method: 'DELETE', signal: AbortSignal.timeout(leaveTimeoutMs) });
    }
    await super.teardown();
  }
};
