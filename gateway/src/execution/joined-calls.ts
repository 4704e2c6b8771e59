import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import type { Data } from './data.js';
import { isData, put } from './data.js';
import { entitiesOf, movedErrors } from './entities.js';
import type { Asking, EntityOperation, Question } from './plan-run.js';

/** A call that is made for all who ask in one turn. */
interface Call {
  /** Distinct representations as JSON; more may come until it is sent. */
  texts: string[];
  result: Promise<FormattedExecutionResult>;
}

/** Where an entity is answered. */
interface Place {
  call: Call;
  index: number;
}

/** What one question, with the same variables of its own, has been asked in a run. */
interface Asked {
  places: Map<string, Place>;
  /** The call that is not sent yet. */
  next: Call | null;
}

/**
 * Joins fetches of one run that ask a subgraph the same of entities, at different places of the answer: what they ask in
 * one turn is one call, and an entity is asked for once. What is answered belongs to the asker, nested objects too. The
 * idea is DataLoader's: https://github.com/graphql/dataloader#batching.
 */
export function joining({ ask, askEntities }: Asking): Asking {
  let calls: JoinedCalls | null = null;
  return {
    ask,
    askEntities: (operation, own, representations) => {
      const { question } = operation;
      if (!question || question.fetches === 1) return askEntities(operation, own, representations);
      calls ??= new JoinedCalls(askEntities);
      return calls.ask(operation, question, own, representations);
    },
  };
}

/** The calls of one run that may be joined. */
class JoinedCalls {
  readonly #askEntities: Asking['askEntities'];
  readonly #asked = new Map<Question, Map<string, Asked>>();

  constructor(askEntities: Asking['askEntities']) {
    this.#askEntities = askEntities;
  }

  async ask(
    operation: EntityOperation,
    question: Question,
    own: string,
    representations: readonly string[],
  ): Promise<FormattedExecutionResult> {
    const asked = this.#of(question, own);
    const places = representations.map((text) => {
      const known = asked.places.get(text);
      if (known) return known;
      const call = (asked.next ??= this.#open(operation, own, asked));
      const place = { call, index: call.texts.push(text) - 1 };
      asked.places.set(text, place);
      return place;
    });
    const calls = [...new Set(places.map(({ call }) => call))];
    const results = await Promise.all(calls.map(async (call) => [call, await call.result] as const));
    return answerOf(places, new Map(results));
  }

  #of(question: Question, own: string): Asked {
    let byVariables = this.#asked.get(question);
    if (!byVariables) this.#asked.set(question, (byVariables = new Map<string, Asked>()));
    let asked = byVariables.get(own);
    if (!asked) byVariables.set(own, (asked = { places: new Map(), next: null }));
    return asked;
  }

  #open(operation: EntityOperation, own: string, asked: Asked): Call {
    const texts: string[] = [];
    const send = async (): Promise<FormattedExecutionResult> => {
      // Ticks come when all that an answer has set going has asked what it wants to know.
      await new Promise<void>((resolve) => process.nextTick(resolve));
      asked.next = null;
      const result = await this.#askEntities(operation, own, texts);
      // What went wrong is asked again by those who come later.
      if (result.errors) for (const text of texts) asked.places.delete(text);
      return result;
    };
    return { texts, result: send() };
  }
}

function answerOf(
  places: readonly Place[],
  results: ReadonlyMap<Call, FormattedExecutionResult>,
): FormattedExecutionResult {
  const errors: GraphQLFormattedError[] = [];
  const lists = new Map<Call, readonly unknown[] | null>();
  let isBroken = false;
  for (const [call, result] of results) {
    const list = entitiesOf(result.data, call.texts.length);
    lists.set(call, list);
    if (result.errors) {
      const positionsOf = (index: number): number[] =>
        places.flatMap((place, at) => (place.call === call && place.index === index ? [at] : []));
      errors.push(...result.errors.flatMap((error) => movedErrors(error, positionsOf)));
    } else if (!list) isBroken = true;
  }
  const entities = places.map(({ call, index }) => ownCopy(lists.get(call)?.[index] ?? null));
  return {
    ...(errors.length > 0 && { errors }),
    data: { _entities: isBroken ? null : entities },
  };
}

/** What is merged into the answer at one place must not change at another. Plain fields are copied by merging. */
function ownCopy(entity: unknown): unknown {
  if (!isData(entity)) return entity;
  for (const key in entity) {
    if (typeof entity[key] === 'object' && entity[key] !== null) return copied(entity);
  }
  return entity;
}

function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copied);
  const copy: Data = {};
  for (const [key, item] of Object.entries(value as Data)) put(copy, key, copied(item));
  return copy;
}
