import { Rejection } from '@souk/shared/errors';
import type { Json } from '@souk/shared/errors';
import { formatMoney } from '@souk/shared/money';
import { Liquid } from 'liquidjs';
import type { Template } from 'liquidjs';

/** A parsed template. */
export type ParsedTemplate = Template[];

/** Bounds of one rendering: templates are written by administrators, and may loop. */
const limits = { parseLimit: 100_000, renderLimit: 200, memoryLimit: 1_000_000 };

/** Tags that read other templates. There are none. */
const fileTags = ['include', 'render', 'layout', 'block'];

function createEngine(): Liquid {
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    templates: {},
    ...limits,
  });
  for (const name of fileTags) {
    engine.registerTag(name, {
      parse: () => {
        throw new Error(`the tag "${name}" is not available`);
      },
      render: () => '',
    });
  }
  engine.registerFilter('money', function money(value: unknown) {
    return isMoney(value) ? formatMoney(value, formatOf(this.context.globals).locale) : '';
  });
  // In the recipient's zone, or in the one that is given.
  engine.registerFilter('datetime', function datetime(value: unknown, zone: unknown) {
    const at = typeof value === 'string' ? new Date(value) : null;
    if (at === null || Number.isNaN(at.getTime())) return '';
    const format = formatOf(this.context.globals);
    return formatTime(at, typeof zone === 'string' && zone !== '' ? { ...format, timeZone: zone } : format);
  });
  return engine;
}

/** How amounts and times are written. */
export interface TextFormat {
  /** A BCP 47 tag. */
  locale: string;
  /** An IANA time zone name. */
  timeZone: string;
}

function formatOf(globals: object): TextFormat {
  const { format } = globals as { format?: TextFormat };
  return format ?? { locale: 'en', timeZone: 'UTC' };
}

function formatTime(at: Date, { locale, timeZone }: TextFormat): string {
  const style = { dateStyle: 'long', timeStyle: 'long' } as const;
  try {
    return new Intl.DateTimeFormat([locale, 'en'], { ...style, timeZone }).format(at);
  } catch {
    // A zone that this engine does not know.
    return new Intl.DateTimeFormat('en', { ...style, timeZone: 'UTC' }).format(at);
  }
}

const engine = createEngine();

/** Parses a template. @throws Rejection TEMPLATE_INVALID, which says where */
export function parseTemplate(source: string, field: readonly string[]): ParsedTemplate {
  try {
    return engine.parse(source);
  } catch (error) {
    throw templateInvalid(error, field);
  }
}

/** Names of the variables that a template reads from its data. */
export function variablesOf(template: ParsedTemplate): string[] {
  return engine.globalVariablesSync(template);
}

/**
 * Renders a template as plain text.
 * @throws Rejection TEMPLATE_INVALID for a variable without a value, and beyond the bounds of time and memory
 */
export function renderTemplate(
  template: ParsedTemplate,
  variables: Readonly<Record<string, Json>>,
  format: TextFormat,
  field: readonly string[] = [],
): string {
  try {
    return String(engine.renderSync(template, variables, { globals: { format } }));
  } catch (error) {
    throw templateInvalid(error, field);
  }
}

/** The error of a template, in one line. */
export function templateInvalid(error: unknown, field: readonly string[]): Rejection {
  const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return new Rejection('TEMPLATE_INVALID', `The template is not valid: ${message.slice(0, 300)}.`, {
    field: field.length > 0 ? field : null,
  });
}

function isMoney(value: unknown): value is { amount: number; currency: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'amount' in value &&
    'currency' in value &&
    Number.isSafeInteger(value.amount) &&
    typeof value.currency === 'string'
  );
}
