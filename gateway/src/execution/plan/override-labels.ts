import type { Supergraph } from '@apollo/federation-internals';
import { isDecidable } from './plan-variant.js';

/** A supergraph overrides a field under a label that the gateway cannot decide: it must not start. */
export class UndecidableLabel extends Error {}

/** The labels under which fields of a supergraph are overridden. @throws UndecidableLabel */
export function overrideLabels({ schema }: Supergraph): string[] {
  const labels = new Set<string>();
  for (const type of schema.types()) {
    if (type.kind !== 'ObjectType' && type.kind !== 'InterfaceType') continue;
    for (const field of type.fields()) {
      for (const directive of field.appliedDirectives) {
        const label: unknown = directive.name === 'join__field' && directive.arguments()['overrideLabel'];
        if (typeof label !== 'string') continue;
        if (!isDecidable(label)) {
          throw new UndecidableLabel(
            `${type.name}.${field.name} is overridden under the label "${label}"; Souk decides percent(n) only.`,
          );
        }
        labels.add(label);
      }
    }
  }
  return [...labels];
}
