import { decryptText, deriveKey, encryptText } from './authenticated-encryption.js';

const version = 'v1';
const keyIdLength = 8;

interface SealKey {
  /** Recognizes the key; reveals nothing of it, since both are derived independently. */
  id: string;
  key: Buffer;
}

/** A sealed text that this process cannot open. The message names neither the text nor a key. */
export class UnopenableText extends Error {}

/**
 * Seals secrets, so that databases, queues and backups hold ciphertext only. Secrets that travel between subgraphs, such
 * as tokens of e-mails, are sealed with a key that follows from GATEWAY_SECRET, which every subgraph has; secrets at
 * rest with a key of their subgraph.
 */
export class TextSeal {
  readonly #keys: readonly [SealKey, ...SealKey[]];

  /**
   * @param current seals and opens. Null, where a subgraph has no GATEWAY_SECRET and accepts any caller, is a key that
   * everybody knows.
   * @param replaced the secrets that it replaced, whose texts can still be opened
   */
  constructor(current: string | null, ...replaced: readonly string[]) {
    this.#keys = [sealKey(current ?? ''), ...replaced.map(sealKey)];
  }

  /** The beginning of texts that are sealed with the current secret, and of no others. */
  get prefix(): string {
    return `${version}.${this.#keys[0].id}.`;
  }

  /**
   * Seals a text: version, key id and ciphertext.
   * @param context what the text is for; it opens in no other context
   */
  seal(text: string, context: string): string {
    const [{ key }] = this.#keys;
    return this.prefix + encryptText(text, key, context).toString('base64url');
  }

  /** Opens a sealed text. @throws UnopenableText for an unknown key or version, another context, altered text */
  open(sealed: string, context: string): string {
    const [sealedVersion, id, ciphertext = ''] = sealed.split('.');
    if (sealedVersion !== version) throw new UnopenableText('Sealed in a format of another release.');
    const found = this.#keys.find((key) => key.id === id);
    if (!found) throw new UnopenableText('Sealed with another secret.');
    try {
      return decryptText(Buffer.from(ciphertext, 'base64url'), found.key, context);
    } catch {
      throw new UnopenableText('Sealed for another context, or altered.');
    }
  }
}

function sealKey(secret: string): SealKey {
  return {
    id: deriveKey(secret, 'souk sealed text key id').toString('hex').slice(0, keyIdLength),
    key: deriveKey(secret, 'souk sealed text'),
  };
}
