import type { ConstDirectiveNode, DefinitionNode, DocumentNode } from 'graphql';
import { Kind, parse, print, visit } from 'graphql';
import { argumentOf, importsOf, linksOf, stringOf } from './links.js';
import type { AccessCondition } from '../types/access.js';

/** An access rule as the supergraph states it: on a type, or on one of its fields. */
export interface AccessRule {
  type: string;
  field: string | null;
  /** Alternative lists of scopes; the caller must hold all of one list. The empty list requires a valid token only. */
  anyOf: AccessCondition;
}

/** A parsed supergraph. */
export interface Supergraph {
  /** The SDL without its access rules: Apollo's planner does not load a supergraph that links them. */
  sdl: string;
  document: DocumentNode;
  rules: readonly AccessRule[];
  subgraphs: readonly { name: string; url: string }[];
}

/** Prefix of policy names in lists of scopes. No scope of a token can begin with it. */
export const policyPrefix = ' policy:';

/** The supergraph states an access rule that the gateway cannot enforce: it must not start. */
export class UnreadableRule extends Error {}

interface SecurityLink {
  node: ConstDirectiveNode;
  feature: 'authenticated' | 'requiresScopes' | 'policy';
  /** The directive's name in this document. */
  directive: string;
  /** Names of the definitions that came with the link. */
  owns: (name: string) => boolean;
}

const enforced: Readonly<Record<SecurityLink['feature'], string>> = {
  authenticated: 'v0.1',
  requiresScopes: 'v0.1',
  policy: 'v0.1',
};

/** Reads a composed supergraph. @throws UnreadableRule, and GraphQLError where it is no SDL. */
export function readSupergraph(supergraphSdl: string): Supergraph {
  const composed = parse(supergraphSdl);
  const links = securityLinks(composed);
  const featureOf = new Map(links.map((link) => [link.directive, link.feature]));
  const rules = composed.definitions.flatMap((definition) => statedRules(definition, featureOf));
  checkAllRead(composed, featureOf, rules.length);
  const document = withoutLinks(composed, links);
  return { sdl: print(document), document, rules, subgraphs: subgraphsOf(composed) };
}

function securityLinks(document: DocumentNode): SecurityLink[] {
  return linksOf(document).flatMap(({ node, url, name, version }) => {
    const purpose = argumentOf(node, 'for');
    // Inaccessible elements are not in the API schema that operations are validated against.
    const isSecurity = purpose?.kind === Kind.ENUM && purpose.value === 'SECURITY';
    if (name === 'inaccessible' || (!isSecurity && !isEnforced(name))) return [];
    if (!isEnforced(name) || enforced[name] !== version || !url.startsWith('https://specs.apollo.dev/')) {
      throw new UnreadableRule(`The supergraph requires security that Souk does not enforce: ${url}`);
    }
    const prefix = stringOf(argumentOf(node, 'as')) ?? name;
    const imports = readImports(node);
    return [
      {
        node,
        feature: name,
        directive: imports.get(`@${name}`)?.slice(1) ?? prefix,
        owns: (defined) => defined.startsWith(`${prefix}__`) || [...imports.values()].includes(defined),
      },
    ];
  });
}

function isEnforced(name: string): name is SecurityLink['feature'] {
  return Object.hasOwn(enforced, name);
}

function readImports(link: ConstDirectiveNode): Map<string, string> {
  const imports = importsOf(link);
  if (!imports) throw new UnreadableRule(`An import of a security link cannot be read: ${print(link)}`);
  return imports;
}

function statedRules(
  definition: DefinitionNode,
  featureOf: ReadonlyMap<string, SecurityLink['feature']>,
): AccessRule[] {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_DEFINITION: {
      const type = definition.name.value;
      const fields = 'fields' in definition ? (definition.fields ?? []) : [];
      return [
        ...(definition.directives ?? []).map((directive) => ({ directive, field: null })),
        ...fields.flatMap((field) =>
          (field.directives ?? []).map((directive) => ({ directive, field: field.name.value })),
        ),
      ].flatMap(({ directive, field }) => {
        const feature = featureOf.get(directive.name.value);
        return feature ? [{ type, field, anyOf: conditionOf(feature, directive) }] : [];
      });
    }
    default:
      return [];
  }
}

function conditionOf(feature: SecurityLink['feature'], directive: ConstDirectiveNode): AccessCondition {
  if (feature === 'authenticated') return [[]];
  const isPolicy = feature === 'policy';
  const scopes = argumentOf(directive, isPolicy ? 'policies' : 'scopes');
  if (scopes?.kind !== Kind.LIST) throw new UnreadableRule(`A rule cannot be read: ${print(directive)}`);
  return scopes.values.map((all) => {
    const names = all.kind === Kind.LIST ? all.values.map(stringOf) : [null];
    if (names.includes(null)) throw new UnreadableRule(`A rule cannot be read: ${print(directive)}`);
    return isPolicy ? names.map((name) => `${policyPrefix}${name ?? ''}`) : (names as string[]);
  });
}

/** Checks that every use of a rule has been read, and that none lacks its link. */
function checkAllRead(document: DocumentNode, featureOf: ReadonlyMap<string, unknown>, read: number): void {
  const unlinked = new Set(['authenticated', 'requiresScopes', 'policy']);
  let uses = 0;
  visit(document, {
    Directive: (node) => {
      const name = node.name.value;
      if (featureOf.has(name)) uses += 1;
      else if (unlinked.has(name)) throw new UnreadableRule(`@${name} is used and not linked.`);
      // The generic carrier of directives that composition does not know by themselves.
      if (name === 'join__directive' && unlinked.has(stringOf(argumentOf(node, 'name')) ?? '')) {
        throw new UnreadableRule(`A rule stands in a place where it cannot be read: ${print(node)}`);
      }
    },
  });
  if (uses !== read) throw new UnreadableRule('The gateway cannot read an access rule at this place.');
}

function withoutLinks(document: DocumentNode, links: readonly SecurityLink[]): DocumentNode {
  const nodes = new Set<unknown>(links.map((link) => link.node));
  const directives = new Set(links.map((link) => link.directive));
  const owned = (name: string): boolean => links.some((link) => link.owns(name));
  return visit(document, {
    Directive: (node) => (nodes.has(node) || directives.has(node.name.value) ? null : undefined),
    DirectiveDefinition: (node) => (directives.has(node.name.value) ? null : undefined),
    ScalarTypeDefinition: (node) => (owned(node.name.value) ? null : undefined),
  });
}

function subgraphsOf(document: DocumentNode): { name: string; url: string }[] {
  return document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') return [];
    return (definition.values ?? []).flatMap((value) =>
      (value.directives ?? [])
        .filter((directive) => directive.name.value === 'join__graph')
        .map((directive) => ({
          name: stringOf(argumentOf(directive, 'name')) ?? '',
          url: stringOf(argumentOf(directive, 'url')) ?? '',
        })),
    );
  });
}
