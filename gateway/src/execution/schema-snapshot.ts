import { LRUCache } from 'lru-cache';
import { planBytes, planHits, planMisses, cachedPlans } from '@souk/shared/telemetry';
import type { QueryPlan } from '@apollo/query-planner';
import { getOperationAST, parse } from 'graphql';
import type { AccessRules, HoldsPolicy } from '../types/access.js';
import { accessRules } from '../access/access-rules.js';
import type { CostModel } from '../limits/cost.js';
import { costModel } from '../limits/cost.js';
import type { DocumentLimits } from '../limits/document-rules.js';
import type { SchemaCaches } from '../cache/schema-caches.js';
import { createSchemaCaches } from '../cache/schema-caches.js';
import type { ReadCache } from '../cache/read-cache.js';
import { maskFields } from '../access/field-masking.js';
import type { Supergraph } from '../supergraph/supergraph.js';
import type { CompiledOperation, PlannedOperation } from './run/compiled-operation.js';
import type { KnownOperation } from '../types/operation.js';
import { fragmentsOf } from '../types/operation.js';
import type { PlanVariant } from './plan/plan-variant.js';
import { PlanVariants } from './plan/plan-variant.js';
import { refuseManyFetches } from './plan/fetch-limit.js';
import { plannedDocument } from './plan/planned-document.js';
import { compileOperation } from './run/compiled-operation.js';
import { maxTokens } from '../limits/document-size.js';
import type { PlanRequest } from './plan/supergraph-planner.js';
import type { SnapshotPlanner, Planning, PlanningCaller } from './plan/planning.js';
import type { GraphSchema } from './plan/graph-schema.js';
import { loadGraphSchema } from './plan/graph-schema.js';

/** How a supergraph is made ready. */
export interface SchemaSnapshotOptions {
  /** Looks for faults in supergraphs before they are used. */
  validate: boolean;
  /** Approximate memory for plans and compiled operations. */
  maxPlanBytes: number;
  /** How large documents may be. */
  documentLimits: DocumentLimits;
  /** The highest cost of an operation, and the assumed size of lists without @listSize. */
  cost: { max: number; assumedListSize: number };
  /** Decides @policy. */
  holdsPolicy: HoldsPolicy;
  /** Caches public reads; null disables caching. */
  readCache: ReadCache | null;
  /** Whether entity fetches of one request are batched. */
  joins: boolean;
}

interface Compiled {
  known: KnownOperation;
  variant: PlanVariant;
  operation: CompiledOperation;
}

/** Limits for compiling recent operations before a changed supergraph is served. */
const warmUp = { operations: 200, ms: 5_000 };

/** On whose behalf operations are planned before a changed supergraph is served. */
const warmUpCaller: PlanningCaller = {
  client: 'warm-up',
  address: 'warm-up',
  cancellation: null,
  onPlanned: null,
};

/** Variants whose keys are remembered for an operation. */
const maxVariantKeys = 64;

let generations = 0;

/** One supergraph with all that was compiled for it. */
export class SchemaSnapshot {
  /** No other of this process has it. */
  readonly id = (generations += 1);
  readonly supergraph: Supergraph;
  readonly schema: GraphSchema;
  readonly rules: AccessRules;
  readonly costs: CostModel;
  readonly caches: SchemaCaches | null;
  readonly planner: SnapshotPlanner;
  readonly variants: PlanVariants;
  readonly #options: SchemaSnapshotOptions;
  readonly #known: LRUCache<string, KnownOperation>;
  readonly #compiled: LRUCache<string, Compiled>;
  /** Plans as JSON, by what is planned: documents that differ in comments, fragments' order or conditions share them. */
  readonly #plans: LRUCache<string, string>;
  readonly #compiledKeys = new WeakMap<KnownOperation, Map<string, string>>();
  readonly #estimates = new WeakMap<KnownOperation, number>();

  /** @throws where the supergraph cannot be served. */
  constructor(supergraph: Supergraph, options: SchemaSnapshotOptions, planning: Planning) {
    this.#options = options;
    this.supergraph = supergraph;
    // The planner's thread loads it at the same time.
    this.planner = planning.load(supergraph.sdl, options.documentLimits);
    this.schema = loadGraphSchema(supergraph.sdl, { validate: options.validate });
    this.variants = new PlanVariants(this.schema.overrideLabels);
    this.rules = accessRules(supergraph.document, supergraph.rules, options.holdsPolicy);
    this.costs = costModel(this.schema.api, supergraph.document, options.cost.assumedListSize);
    this.caches = createSchemaCaches(options.readCache, supergraph, this.schema.api, this.rules);
    this.#known = new LRUCache({ maxSize: Math.ceil(options.maxPlanBytes / 4) });
    this.#compiled = new LRUCache({ maxSize: options.maxPlanBytes });
    this.#plans = new LRUCache({ maxSize: Math.ceil(options.maxPlanBytes / 4) });
  }

  /** An operation that was run before, or null. */
  known(source: string, operationName: string | null): KnownOperation | null {
    return this.#known.get(keyOf(source, operationName)) ?? null;
  }

  /** Remembers an operation that is valid. */
  keep(operation: KnownOperation): void {
    const { source, operationName } = operation;
    this.#known.set(keyOf(source, operationName), operation, { size: 2_000 + 60 * source.length });
  }

  /** Whether this variant of the operation is planned. */
  isCompiled(known: KnownOperation, variant: PlanVariant): boolean {
    return this.#compiled.peek(this.#compiledKey(known, variant)) !== undefined;
  }

  /**
   * A variant of the operation, planned and compiled.
   * @returns synchronously if it was planned before
   * @throws GraphQLError if it cannot be planned now
   */
  compiled(
    known: KnownOperation,
    variant: PlanVariant,
    caller: () => PlanningCaller,
  ): CompiledOperation | Promise<CompiledOperation> {
    const cached = this.#compiled.get(this.#compiledKey(known, variant));
    if (!cached) return this.#plan(known, variant, caller());
    planHits.inc();
    return cached.operation;
  }

  async #plan(
    known: KnownOperation,
    variant: PlanVariant,
    caller: PlanningCaller,
  ): Promise<CompiledOperation> {
    planMisses.inc();
    const { operationName } = known;
    const { grant, skipInclude, labels } = variant;
    const refused = maskFields(this.schema.api, known.document, known.operation, this.rules, grant);
    const { definitions } = refused?.document ?? known.document;
    const operationNode = refused?.operation ?? known.operation;
    const selected = { operation: operationNode, fragments: fragmentsOf(definitions) };
    const text = plannedDocument(this.schema.api, selected, this.schema.keys, skipInclude);
    let planned: PlannedOperation = { plan: { kind: 'QueryPlan' }, planLength: 0, refused };
    if (text !== null) {
      const json = await this.#planOf({ document: text, operationName, labels }, caller);
      const plan = JSON.parse(json) as QueryPlan;
      refuseManyFetches(plan);
      planned = { plan, planLength: json.length, refused };
    }
    const key = this.#compiledKey(known, variant);
    // Others may have waited for the same plan.
    const cached = this.#compiled.get(key);
    if (cached) return cached.operation;
    const onGrown = (): void => {
      // Another one may have taken its place meanwhile: then it is let go.
      if (this.#compiled.peek(key)?.operation === operation) {
        // A new value: the size of an equal one would not be updated.
        this.#compiled.set(key, { known, variant, operation }, { size: operation.weight() });
        this.#reportSize();
      }
    };
    const { joins } = this.#options;
    const operation = compileOperation(this.schema, known, planned, variant, { joins, onGrown });
    this.#compiled.set(key, { known, variant, operation }, { size: operation.weight() });
    this.#reportSize();
    return operation;
  }

  async #planOf(request: PlanRequest, caller: PlanningCaller): Promise<string> {
    const key = JSON.stringify([request.operationName, ...request.labels]) + request.document;
    const cached = this.#plans.get(key);
    if (cached !== undefined) return cached;
    const json = await this.planner.plan(request, caller);
    this.#plans.set(key, json, { size: 100 + 2 * (key.length + json.length) });
    return json;
  }

  /** Plans trusted documents before clients send them, for callers who may see all of their fields. Never rejects. */
  async planAhead(documents: Iterable<string>): Promise<void> {
    for (const source of documents) {
      try {
        if ((await this.planner.check(source, null, warmUpCaller)).length > 0) continue;
        const document = parse(source, { maxLexicalTokens: maxTokens });
        const operation = getOperationAST(document);
        if (!operation) continue;
        const known: KnownOperation = { source, document, operation, operationName: null };
        this.keep(known);
        const selected = { operation, fragments: fragmentsOf(document.definitions) };
        const { skipInclude } = this.variants.of(known, this.rules.grantOf(null), {}, null);
        const text = plannedDocument(this.schema.api, selected, this.schema.keys, skipInclude);
        if (text !== null)
          await this.#planOf({ document: text, operationName: null, labels: [] }, warmUpCaller);
      } catch {
        // The client that sends it receives the error.
      }
    }
  }

  #reportSize(): void {
    cachedPlans.set(this.#compiled.size);
    planBytes.set(this.#compiled.calculatedSize);
  }

  /** The estimated cost of the operation. */
  estimate(known: KnownOperation, variables: Readonly<Record<string, unknown>>): number {
    const cached = this.#estimates.get(known);
    if (cached !== undefined) return cached;
    const estimate = this.costs.estimate(known, variables);
    if (!known.operation.variableDefinitions?.length) this.#estimates.set(known, estimate);
    return estimate;
  }

  /** Compiles what was used last on the present supergraph, and is still valid. */
  async warm(present: SchemaSnapshot): Promise<void> {
    const end = performance.now() + warmUp.ms;
    const hasSameScopes = this.rules.scopes === present.rules.scopes;
    // Reversed, so that the most recently used is compiled last.
    for (const { known, variant } of [...present.#compiled.values()].slice(0, warmUp.operations).reverse()) {
      if (performance.now() > end) return;
      if (!variant.grant.isAnonymous && !hasSameScopes) continue;
      if (!this.variants.has(variant)) continue;
      try {
        const { source, operationName } = known;
        if ((await this.planner.check(source, operationName, warmUpCaller)).length > 0) continue;
        await this.compiled(known, variant, () => warmUpCaller);
        this.keep(known);
      } catch {
        // The next client that sends it receives the error.
      }
    }
  }

  /** Made once: texts are long, and the hash of a string stays with it. */
  #compiledKey(known: KnownOperation, { key: variantKey }: PlanVariant): string {
    let keys = this.#compiledKeys.get(known);
    if (!keys) this.#compiledKeys.set(known, (keys = new Map<string, string>()));
    let key = keys.get(variantKey);
    if (key === undefined) {
      if (keys.size >= maxVariantKeys) keys.clear();
      key = `${variantKey}\n${keyOf(known.source, known.operationName)}`;
      keys.set(variantKey, key);
    }
    return key;
  }
}

/** By what an operation is known: its text, and which of the text's operations it is. */
export function keyOf(source: string, operationName: string | null): string {
  // Encoded so that no two pairs of name and text have the same key: clients choose both.
  return `${operationName === null ? '' : JSON.stringify(operationName)}\n${source}`;
}
