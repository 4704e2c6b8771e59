import type { Serialize, SerializerSource } from './response-serializer.js';
import { compileSerializer } from './response-serializer.js';

/** Approximate bytes of one field's serializer. */
const fieldBytes = 350;

/** The serializer of an operation. Parts of it are compiled when a type first occurs. */
export class LazySerializer {
  readonly serialize: Serialize;
  #fields = 0;

  /** @param onGrown called when it weighs more than before */
  constructor(source: Omit<SerializerSource, 'onMade'>, onGrown: () => void) {
    let isReady = false;
    const onMade = (fields: number): void => {
      this.#fields += fields;
      if (isReady) onGrown();
    };
    this.serialize = compileSerializer({ ...source, onMade });
    isReady = true;
  }

  /** Bytes that it holds on to. */
  get weight(): number {
    return fieldBytes * this.#fields;
  }
}
