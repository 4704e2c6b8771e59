import type { Supergraph } from '@apollo/federation-internals';
import type { FieldNode, SelectionSetNode } from 'graphql';
import { GraphQLError, Kind, parse } from 'graphql';
import type { Path } from '../../types/data.js';

/**
 * The keys under which the fields of clients stand in the data of a run. Clients choose response keys; the planner
 * reads key fields and required fields by their names out of the same objects. So a response key that a field of the
 * supergraph has as its name is planned under another one.
 */
export interface PlannedKeys {
  /** The key of a client's field while its operation runs. It depends on the node alone. */
  readonly of: (node: FieldNode) => string;
  /** A step of a path as the client knows it. */
  readonly stepForClient: (step: string | number) => string | number;
  /** Whether a field is part of a key or of @requires. */
  readonly isRead: (name: string) => boolean;
  /** The error with the client's response keys in its path. */
  readonly errorForClient: (error: GraphQLError) => GraphQLError;
}

/** Keys that the planner makes for fields of one name with different arguments or types. */
const madeByPlanner = /__(?:alias_)?\d+$/;

/** Finds the names that the planner may use, in all subgraphs. */
export function plannedKeys({ schema }: Supergraph): PlannedKeys {
  const names = new Set<string>();
  const withArguments = new Set<string>();
  /** Fields that are read for a key or for @requires. */
  const read: ReadFields = { names: new Set(), composite: new Set() };
  for (const type of schema.types()) {
    for (const directive of type.appliedDirectives) {
      if (directive.name === 'join__type') readSelection(directive.arguments()['key'], read);
    }
    if (type.kind !== 'ObjectType' && type.kind !== 'InterfaceType') continue;
    for (const field of type.fields()) {
      names.add(field.name);
      if (field.hasArguments()) withArguments.add(field.name);
      for (const directive of field.appliedDirectives) {
        if (directive.name === 'join__field') readSelection(directive.arguments()['requires'], read);
      }
    }
  }
  // The client's arguments and selections must not decide what is read, nor what becomes null.
  const isReadOtherwise = (name: string): boolean =>
    read.composite.has(name) || (read.names.has(name) && withArguments.has(name));
  const prefix = unusedPrefix(names);
  const isTaken = (key: string): boolean =>
    names.has(key) || key.startsWith('__') || key.startsWith(prefix) || madeByPlanner.test(key);

  const keyOf = ({ name: { value: name }, alias }: FieldNode): string => {
    const key = alias?.value ?? name;
    return (key === name ? isReadOtherwise(name) : isTaken(key)) ? prefix + key : key;
  };
  const clientStep = (step: string | number): string | number =>
    typeof step === 'string' && step.startsWith(prefix) ? step.slice(prefix.length) : step;

  return {
    of: keyOf,
    stepForClient: clientStep,
    isRead: (name) => read.names.has(name),
    errorForClient: (error) => {
      const { path, message, originalError, extensions } = error;
      if (!path?.some((step) => clientStep(step) !== step)) return error;
      const own: Path = path.map(clientStep);
      return new GraphQLError(message, { path: own, originalError: originalError ?? null, extensions });
    },
  };
}

interface ReadFields {
  names: Set<string>;
  composite: Set<string>;
}

function readSelection(text: unknown, found: ReadFields): void {
  if (typeof text !== 'string') return;
  const read = ({ selections }: SelectionSetNode): void => {
    for (const node of selections) {
      if (node.kind === Kind.FRAGMENT_SPREAD) continue;
      if (node.kind === Kind.FIELD) {
        found.names.add(node.name.value);
        if (node.selectionSet) found.composite.add(node.name.value);
      }
      if (node.selectionSet) read(node.selectionSet);
    }
  };
  for (const definition of parse(`{ ${text} }`).definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) read(definition.selectionSet);
  }
}

function unusedPrefix(names: ReadonlySet<string>): string {
  for (let turn = 0; ; turn += 1) {
    const prefix = turn === 0 ? 'client_' : `client_${turn}_`;
    if (![...names].some((name) => name.startsWith(prefix))) return prefix;
  }
}
