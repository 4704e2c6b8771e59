import type { SettingKey, SettingValue } from '@souk/shared/system-setting';
import { demoPassword } from '@souk/standalone/demo/people';
import { SetSystemSettingDocument } from './generated/operations.js';
import type { SimulatorAddress } from './stripe-simulator.js';
import { StripeSimulator } from './stripe-simulator.js';
import type { Credentials } from './test-client.js';
import { TestClient } from './test-client.js';
import { until } from './until.js';

/** People who exist in every Souk with demo data, and the administrator. */
export type Person = 'buyer' | 'partner' | 'friend' | 'admin';

/** Where a running Souk can be reached, as JSON: for tests in other processes. */
export interface SoukAddresses {
  /** The gateway, without a path. */
  url: string;
  /** Null where Stripe itself is used. */
  simulator: SimulatorAddress | null;
  administrator: Credentials;
}

/** A message in the development mailbox. */
export interface MailboxMessage {
  /** EMAIL, or another channel outside of the app. */
  channel: string;
  /** The address. */
  to: string;
  /** Null on channels without a subject. */
  subject: string | null;
  text: string;
  /** The HTML part of an e-mail. */
  html: string | null;
  /** ISO 8601. */
  at: string;
}

const mailboxTimeoutMs = 10_000;

/** A running Souk: clients of its people and the controls of its card payments. */
export class SoukConnection {
  readonly addresses: SoukAddresses;
  /** A caller who is not signed in. */
  readonly anonymous: TestClient;
  /** The demo's buyer. Signs in at the first request. */
  readonly buyer: TestClient;
  /** The verified seller of the demo's listings. Signs in at the first request. */
  readonly partner: TestClient;
  /** A buyer whom the buyer follows. Signs in at the first request. */
  readonly friend: TestClient;
  /** The administrator. Signs in at the first request. */
  readonly admin: TestClient;
  readonly #simulator: StripeSimulator | null;

  constructor(addresses: SoukAddresses) {
    const { url, simulator } = addresses;
    this.addresses = addresses;
    this.anonymous = new TestClient(url);
    this.buyer = this.#clientOf('buyer');
    this.partner = this.#clientOf('partner');
    this.friend = this.#clientOf('friend');
    this.admin = this.#clientOf('admin');
    this.#simulator = simulator && new StripeSimulator(simulator);
  }

  /** The gateway's address, without a path: http://127.0.0.1:4000 */
  get url(): string {
    return this.addresses.url;
  }

  /** Controls of the card payments. @throws where Stripe itself is used */
  get simulator(): StripeSimulator {
    if (!this.#simulator) throw new Error('This Souk uses Stripe: STRIPE_SECRET_KEY is set.');
    return this.#simulator;
  }

  /** A client of a person, in a session of its own. @throws Refused if the credentials are wrong */
  as(person: Person | Credentials): Promise<TestClient> {
    const client = typeof person === 'string' ? this.#clientOf(person) : new TestClient(this.url, person);
    return client.signIn();
  }

  /** Registers a new person. @param label begins the e-mail address */
  newBuyer(label?: string): Promise<TestClient> {
    return new TestClient(this.url).register(label);
  }

  /** Stores a system setting as the administrator. It applies in every process within 5 s. @throws Refused */
  async setSystemSetting<Key extends SettingKey>(key: Key, value: SettingValue<Key>): Promise<void> {
    await this.admin.mutate(SetSystemSettingDocument, { key, value });
  }

  /**
   * Reads the development mailbox: the messages that would have been sent, newest first.
   * @param to only messages to this address
   * @throws where `SMTP_URL` is set, and in production
   */
  async mailbox(to?: string): Promise<MailboxMessage[]> {
    const response = await fetch(`${this.url}/dev/mailbox`, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(mailboxTimeoutMs),
    });
    if (!response.ok) throw new Error(`This Souk has no mailbox: ${response.status}.`);
    const messages = (await response.json()) as MailboxMessage[];
    return to === undefined ? messages : messages.filter((message) => message.to === to);
  }

  /** Waits for a message to an address, the newest one whose subject or text contains the words. */
  mailTo(address: string, words = ''): Promise<MailboxMessage> {
    return until(`a message to ${address}`, async () =>
      (await this.mailbox(address)).find(({ subject, text }) => `${subject} ${text}`.includes(words)),
    );
  }

  #clientOf(person: Person): TestClient {
    const { url, administrator } = this.addresses;
    const credentials =
      person === 'admin' ? administrator : { email: `${person}@souk.test`, password: demoPassword };
    return new TestClient(url, credentials);
  }
}

/** Connects to a Souk that another process has started. */
export function connectSouk(addresses: SoukAddresses): SoukConnection {
  return new SoukConnection(addresses);
}
