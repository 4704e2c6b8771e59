/** Callers of the fuzz. */
export const fuzzCallers = ['anonymous', 'user', 'partner', 'administrator'] as const;

/** One of the callers. */
export type FuzzCaller = (typeof fuzzCallers)[number];

/**
 * A value that exists only once Souk runs, such as the id of an order: the n-th one of its kind. Runs with the same seed
 * have the same references.
 */
export interface FuzzReference {
  $ref: string;
  n: number;
}

/** A selected field with its arguments. Of an interface or a union, `on` names the type that has it. */
export interface FuzzField {
  name: string;
  on: string | null;
  args: readonly FuzzArgument[];
  selection: readonly FuzzField[];
}

/** An argument that is given. */
export interface FuzzArgument {
  name: string;
  type: string;
  value: unknown;
}

/** A generated operation. */
export interface FuzzOperation {
  caller: FuzzCaller;
  root: 'query' | 'mutation';
  field: FuzzField;
}

/** Existing values by kind. A kind without values resolves to an unknown one. */
export type FuzzPool = Readonly<Record<string, readonly string[]>>;

/** The document and the variables of an operation. */
export interface FuzzRequest {
  document: string;
  variables: Record<string, unknown>;
}

/** Writes an operation as a client sends it: all arguments are variables. */
export function requestOf({ root, field }: FuzzOperation, pool: FuzzPool): FuzzRequest {
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  let aliases = 0;
  // Fields of several types may not share a name; refusals are read by their names.
  const aliasOf = (parent: FuzzField): string => (parent.name === 'userErrors' ? '' : `a${(aliases += 1)}: `);
  const textOf = (field: FuzzField, alias: string): string => {
    const { name, args, selection } = field;
    const passed = args.map((argument) => {
      const variable = `v${declared.length}`;
      declared.push(`$${variable}: ${argument.type}`);
      variables[variable] = resolved(argument.value, pool);
      return `${argument.name}: $${variable}`;
    });
    const inner = selection.map((child) => {
      const text = textOf(child, child.name === 'userErrors' ? '' : aliasOf(field));
      return child.on === null ? text : `... on ${child.on} { ${text} }`;
    });
    const list = passed.length > 0 ? `(${passed.join(', ')})` : '';
    return `${alias}${name}${list}${inner.length > 0 ? ` { ${inner.join(' ')} }` : ''}`;
  };
  const body = textOf(field, '');
  const head = declared.length > 0 ? `${root} (${declared.join(', ')})` : root;
  return { document: `${head} { ${body} }`, variables };
}

function resolved(value: unknown, pool: FuzzPool): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => resolved(item, pool));
  if (typeof value !== 'object' || value === null) return value;
  if (isReference(value)) {
    const values = pool[value.$ref] ?? [];
    return values[value.n % values.length] ?? `${value.$ref}_01h455vb4pex5vsknk084sn02q`;
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item, pool)]));
}

function isReference(value: object): value is FuzzReference {
  return '$ref' in value && 'n' in value && typeof value.$ref === 'string' && typeof value.n === 'number';
}
