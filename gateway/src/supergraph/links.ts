import type { ConstDirectiveNode, DirectiveNode, DocumentNode, ValueNode } from 'graphql';
import { Kind } from 'graphql';

/** A link of a schema to a specification: https://specs.apollo.dev/link/v1.0 */
export interface SchemaLink {
  node: ConstDirectiveNode;
  url: string;
  /** The specification's name and version, as the URL has them. */
  name: string;
  version: string;
}

/** The links of a document. */
export function linksOf(document: DocumentNode): SchemaLink[] {
  const directives = document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? [])
      : [],
  );
  return directives.map((node) => {
    const url = stringOf(argumentOf(node, 'url') ?? argumentOf(node, 'feature')) ?? '';
    const [, name = '', version = ''] = /\/([^/]+)\/(v[^/]+)\/?$/.exec(url) ?? [];
    return { node, url, name, version };
  });
}

/** The imports of a link, by their names in the specification; null if they cannot be read. */
export function importsOf(link: ConstDirectiveNode): Map<string, string> | null {
  const imports = new Map<string, string>();
  const list = argumentOf(link, 'import');
  for (const item of list?.kind === Kind.LIST ? list.values : []) {
    const fields = item.kind === Kind.OBJECT ? item.fields : [];
    const part = (name: string) => stringOf(fields.find((field) => field.name.value === name)?.value);
    const name = stringOf(item) ?? part('name');
    if (name === null) return null;
    imports.set(name, part('as') ?? name);
  }
  return imports;
}

/** The names that directives of a specification have in a document. Not linked, they have their own. */
export function directiveNames(
  document: DocumentNode,
  specification: string,
  directives: readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map(directives.map((directive) => [directive, new Set<string>()]));
  const links = linksOf(document).filter(
    ({ url, name }) => name === specification && url.startsWith('https://specs.apollo.dev/'),
  );
  for (const [directive, found] of names) {
    if (links.length === 0) found.add(directive).add(`${specification}__${directive}`);
    for (const { node } of links) {
      const prefix = stringOf(argumentOf(node, 'as')) ?? specification;
      const imported = importsOf(node)?.get(`@${directive}`)?.slice(1);
      found.add(imported ?? (directive === specification ? prefix : `${prefix}__${directive}`));
    }
  }
  return names;
}

/** An argument of a directive. */
export function argumentOf(directive: DirectiveNode, name: string): ValueNode | undefined {
  return directive.arguments?.find((argument) => argument.name.value === name)?.value;
}

/** The value of a string; null where it is none. */
export function stringOf(value: ValueNode | undefined): string | null {
  return value?.kind === Kind.STRING ? value.value : null;
}
