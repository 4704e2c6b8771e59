import type { Switches } from './selection.js';
import { WeighedCache } from './weighed-cache.js';
import type { Write, WriterSource } from './writer.js';
import { compileWriter } from './writer.js';

/** A writer, and how many fields it has by now. */
interface Shape {
  write: Write;
  fields: number;
}

// An operation of n switches has 2^n shapes; clients that use more of them pay with time, not with our memory.
const maxShapes = 16;
/** What a field of a writer takes, roughly. */
const fieldBytes = 350;

/** The writers of an operation: one for each shape that its answers have had. */
export class Shapes {
  readonly #source: Omit<WriterSource, 'switches' | 'onMade'>;
  readonly #onGrown: () => void;
  readonly #shapes = new WeighedCache<Shape>(maxShapes);

  /** @param onGrown called when they weigh more, or less, than before */
  constructor(source: Omit<WriterSource, 'switches' | 'onMade'>, onGrown: () => void) {
    this.#source = source;
    this.#onGrown = onGrown;
  }

  /** Bytes that they hold on to. */
  get weight(): number {
    return fieldBytes * this.#shapes.latest().reduce((sum, { fields }) => sum + fields, 0);
  }

  /** The writer for answers with these switches. */
  writerOf(switches: Switches): Write {
    const name = [...switches.values()].map((isOn) => (isOn ? '1' : '0')).join('');
    const known = this.#shapes.get(name);
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
    const write = compileWriter({ ...this.#source, switches, onMade });
    shape = { write, fields: made };
    this.#shapes.set(name, shape, 1);
    this.#onGrown();
    return write;
  }
}
