import type { Metric } from 'prom-client';
import { register } from 'prom-client';

/** How a metric is described. */
export interface DeferredMetricOptions<Label extends string> {
  name: string;
  help: string;
  labelNames: readonly Label[];
}

interface Value {
  value: number;
  labels: Record<string, string | number>;
  metricName?: string;
}

/**
 * A metric whose values are added up in plain numbers and put into the form of prom-client when it is scraped: counting
 * one request takes a twentieth of the time.
 */
abstract class DeferredMetric<Label extends string, Series extends { reset(): void }> {
  readonly name: string;
  readonly help: string;
  abstract readonly type: 'counter' | 'histogram';
  readonly labelNames: readonly Label[];
  readonly #series = new Map<string, { series: Series; labels: Record<string, string> }>();

  constructor({ name, help, labelNames }: DeferredMetricOptions<Label>) {
    this.name = name;
    this.help = help;
    this.labelNames = labelNames;
    // The registry needs no more of a metric than is here.
    register.registerMetric(this as unknown as Metric);
  }

  /** The series of these values, in the order of the label names. Keep it where it is needed often. */
  labels(...values: string[]): Series {
    const key = values.join('\n');
    let found = this.#series.get(key);
    if (!found) {
      const labels = Object.fromEntries(this.labelNames.map((name, index) => [name, values[index] ?? '']));
      found = { series: this.open(), labels };
      this.#series.set(key, found);
    }
    return found.series;
  }

  /** For the registry. */
  get(): Promise<object> {
    const values = [...this.#series.values()].flatMap(({ series, labels }) => this.valuesOf(series, labels));
    const { name, help, type } = this;
    return Promise.resolve({ name, help, type, values, aggregator: 'sum' });
  }

  /** For the registry. Series that are kept elsewhere go on from zero. */
  reset(): void {
    for (const { series } of this.#series.values()) series.reset();
  }

  protected abstract open(): Series;
  protected abstract valuesOf(series: Series, labels: Record<string, string>): Value[];
}

/** One series of a counter. */
export class CounterSeries {
  value = 0;

  inc(by = 1): void {
    this.value += by;
  }

  reset(): void {
    this.value = 0;
  }
}

/** A counter that is put together when it is scraped. */
export class DeferredCounter<Label extends string> extends DeferredMetric<Label, CounterSeries> {
  readonly type = 'counter';

  protected open(): CounterSeries {
    return new CounterSeries();
  }

  protected valuesOf({ value }: CounterSeries, labels: Record<string, string>): Value[] {
    return [{ value, labels }];
  }
}

/** One series of a histogram. */
export class HistogramSeries {
  /** By bucket; the last one is for all that is larger. */
  readonly counts: number[];
  sum = 0;
  readonly #buckets: readonly number[];

  constructor(buckets: readonly number[]) {
    this.#buckets = buckets;
    this.counts = new Array<number>(buckets.length + 1).fill(0);
  }

  observe(value: number): void {
    const buckets = this.#buckets;
    let index = 0;
    while (index < buckets.length && value > (buckets[index] as number)) index += 1;
    this.counts[index] = (this.counts[index] as number) + 1;
    this.sum += value;
  }

  reset(): void {
    this.counts.fill(0);
    this.sum = 0;
  }
}

/** A histogram that is put together when it is scraped. */
export class DeferredHistogram<Label extends string> extends DeferredMetric<Label, HistogramSeries> {
  readonly type = 'histogram';
  readonly #buckets: readonly number[];

  constructor(options: DeferredMetricOptions<Label> & { buckets: readonly number[] }) {
    super(options);
    this.#buckets = options.buckets;
  }

  protected open(): HistogramSeries {
    return new HistogramSeries(this.#buckets);
  }

  protected valuesOf({ counts, sum }: HistogramSeries, labels: Record<string, string>): Value[] {
    let count = 0;
    const buckets = counts.map((own, index) => {
      count += own;
      return {
        value: count,
        labels: { le: this.#buckets[index] ?? '+Inf', ...labels },
        metricName: `${this.name}_bucket`,
      };
    });
    return [
      ...buckets,
      { value: sum, labels, metricName: `${this.name}_sum` },
      { value: count, labels, metricName: `${this.name}_count` },
    ];
  }
}
