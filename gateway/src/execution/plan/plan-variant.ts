import type { Grant } from '../../types/access.js';
import type { RequestScope } from '../../types/request.js';
import type { KnownOperation } from '../../types/operation.js';
import { fragmentsOf } from '../../types/operation.js';
import type { SkipIncludeValues } from '../serialize/selection.js';
import { skipIncludeNames, skipIncludeValues } from '../serialize/selection.js';

/** The inputs of a plan besides the operation. */
export interface PlanVariant {
  grant: Grant;
  /** Conditions are known before an operation is planned: a plan has none. */
  skipInclude: SkipIncludeValues;
  /** The labels of @override that hold. */
  labels: readonly string[];
  /** Equal for equal variants of one operation. */
  key: string;
}

const noConditions: SkipIncludeValues = new Map();
const percentage = /^percent\((\d{1,2}(?:\.\d{1,8})?|100(?:\.0{1,8})?)\)$/;

/** Whether the gateway can decide a label of @override. */
export function isDecidable(label: string): boolean {
  return percentage.test(label);
}

/** Decides how operations of a supergraph are planned. */
export class PlanVariants {
  readonly #labels: readonly { label: string; percent: number }[];
  readonly #conditions = new WeakMap<KnownOperation, readonly string[]>();
  /** One draw for a request, so that all of it is planned alike. */
  readonly #draws = new WeakMap<RequestScope, number>();

  /** @param labels those of @override: percent(n) holds for n in a hundred requests. */
  constructor(labels: readonly string[]) {
    this.#labels = labels
      .map((label) => ({ label, percent: Number(percentage.exec(label)?.[1] ?? 0) }))
      .sort((a, b) => a.percent - b.percent);
  }

  /** The variant of a request; without one, no label holds. */
  of(
    known: KnownOperation,
    grant: Grant,
    variables: Readonly<Record<string, unknown>>,
    scope: RequestScope | null,
  ): PlanVariant {
    const skipInclude = this.#conditionsOf(known, variables);
    const labels = this.#labels.length === 0 || !scope ? [] : this.#labelsOf(scope);
    let key = grant.key;
    if (skipInclude.size > 0 || labels.length > 0) {
      const conditions = [...skipInclude.values()].map((isOn) => (isOn ? '1' : '0')).join('');
      // The labels are sorted, so that their number says which of them hold.
      key = `${conditions} ${labels.length} ${grant.key}`;
    }
    return { grant, skipInclude, labels, key };
  }

  /** Whether a variant of another supergraph is one of this. */
  has({ labels }: PlanVariant): boolean {
    return labels.every((label) => this.#labels.some((own) => own.label === label));
  }

  #conditionsOf(known: KnownOperation, variables: Readonly<Record<string, unknown>>): SkipIncludeValues {
    const { operation, document } = known;
    let names = this.#conditions.get(known);
    if (!names) {
      names = skipIncludeNames({ operation, fragments: fragmentsOf(document.definitions) });
      this.#conditions.set(known, names);
    }
    return names.length === 0 ? noConditions : skipIncludeValues(names, operation, variables);
  }

  #labelsOf(scope: RequestScope): readonly string[] {
    let draw = this.#draws.get(scope);
    if (draw === undefined) this.#draws.set(scope, (draw = 100 * Math.random()));
    return this.#labels.filter(({ percent }) => percent > draw).map(({ label }) => label);
  }
}
