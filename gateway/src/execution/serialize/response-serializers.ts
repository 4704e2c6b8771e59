import { LRUCache } from 'lru-cache';
import type { SkipIncludeValues } from './selection.js';
import type { Serialize, SerializerSource } from './response-serializer.js';
import { compileSerializer } from './response-serializer.js';

/** A writer, and how many fields it has by now. */
interface Shape {
  write: Serialize;
  fields: number;
}

// An operation of n skipInclude has 2^n shapes; clients that use more of them pay with time, not with our memory.
const maxShapes = 16;
/** Approximate bytes of one field's serializer. */
const fieldBytes = 350;

/** The writers of an operation: one for each shape that its answers have had. */
export class ResponseSerializers {
  readonly #source: Omit<SerializerSource, 'skipInclude' | 'onMade'>;
  readonly #onGrown: () => void;
  readonly #serializers = new LRUCache<string, Shape>({ max: maxShapes });

  /** @param onGrown called when they weigh more, or less, than before */
  constructor(source: Omit<SerializerSource, 'skipInclude' | 'onMade'>, onGrown: () => void) {
    this.#source = source;
    this.#onGrown = onGrown;
  }

  /** Bytes that they hold on to. */
  get weight(): number {
    return fieldBytes * [...this.#serializers.values()].reduce((sum, { fields }) => sum + fields, 0);
  }

  /** The writer for answers with these skipInclude. */
  serializerFor(skipInclude: SkipIncludeValues): Serialize {
    const name = [...skipInclude.values()].map((isOn) => (isOn ? '1' : '0')).join('');
    const known = this.#serializers.get(name);
    if (known) return known.write;
    let made = 0;
    let shape: Shape | null = null;
    // Parts of it are made when a type first occurs.
    const onMade = (fields: number): void => {
      made += fields;
      if (!shape) return;
      shape.fields = made;
      this.#onGrown();
    };
    const write = compileSerializer({ ...this.#source, skipInclude, onMade });
    shape = { write, fields: made };
    this.#serializers.set(name, shape);
    this.#onGrown();
    return write;
  }
}
