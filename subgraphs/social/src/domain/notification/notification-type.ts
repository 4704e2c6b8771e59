import type { Json } from '@souk/shared/errors';
import type { z } from 'zod';

/** Ways to deliver a notification. */
export const channels = ['IN_APP', 'EMAIL', 'SMS', 'PUSH'] as const;

/** One of the ways. */
export type Channel = (typeof channels)[number];

/** Languages of the templates that Souk brings along; English is the fallback. */
export const builtInLocales = ['en', 'de', 'pt', 'fr'] as const;

/** A language that every type has templates in. */
export type BuiltInLocale = (typeof builtInLocales)[number];

/** The text of a notification in one language. Both are Liquid. */
export interface TemplateText {
  /** One line: the title in the app, the subject of an e-mail. */
  subject: string;
  /** Plain text; an empty line separates paragraphs. */
  body: string;
}

/** The text in each language. */
export type Translations = Readonly<Record<BuiltInLocale, TemplateText>>;

/** A type of notification as one value. */
export interface NotificationType<Name extends string = string, Variables extends z.ZodObject = z.ZodObject> {
  name: Name;
  /** Its meaning, for the documentation. */
  purpose: string;
  /** The data that its templates may use. */
  variables: Variables;
  /** Values of all variables: templates are rendered with them before they are saved. */
  sample: z.infer<Variables>;
  /** The channels of recipients who have chosen nothing else. */
  channels: readonly Channel[];
  /** Whether recipients may switch channels off. Messages about the security of an account are always sent. */
  isOptional: boolean;
  /** Whether a message is of no use later: it does not wait for the end of quiet hours. */
  isUrgent?: boolean;
  /** Whether messages leave together when many come within an hour. */
  isDigested?: boolean;
  /**
   * A variable that is a secret: it is not among the stored variables, but sealed, and opened while a message is sent.
   * Null for types without one.
   */
  secret: (keyof z.infer<Variables> & string) | null;
  /** The text on every channel without one of its own. */
  text: Translations;
  /** Texts of single channels. */
  channelTexts?: Readonly<Partial<Record<Channel, Translations>>>;
}

/** Most types: in the app and by e-mail, can be switched off, without a secret. */
export const ordinary = { channels: ['IN_APP', 'EMAIL'], isOptional: true, secret: null } as const;

/** Defines a type of notification. */
export function defineType<Name extends string, Variables extends z.ZodObject>(
  type: NotificationType<Name, Variables>,
): NotificationType<Name, Variables> {
  return type;
}

/** A secret variable on its way to its recipient, who proves by it that the address is theirs. */
export interface SealedVariable {
  /** The sealed text, as `TextSeal` makes it. */
  sealed: string;
  /** The context that it was sealed for. */
  context: string;
  /** The message is not sent after this time. */
  expiresAt: Date;
  /** The address that the message goes to, whatever the recipient's is meanwhile. */
  address: string;
  /** The recipient's language, a BCP 47 tag. */
  locale: string;
}

/** The content of a notification: its type and the values of the type's variables. */
export interface NotificationContent {
  type: string;
  /** Plain JSON, without the secret. */
  variables: Record<string, Json>;
  /** For clients: ids as TypeIDs, and numbers. */
  data: Record<string, Json>;
  secret: SealedVariable | null;
}

/**
 * Creates the content of a notification.
 * @throws ZodError when the variables do not match the type
 */
export function contentOf<Name extends string, Variables extends z.ZodObject>(
  type: NotificationType<Name, Variables>,
  variables: NoInfer<z.infer<Variables>>,
  data: Record<string, Json> = {},
): NotificationContent & { type: Name } {
  return {
    type: type.name,
    variables: type.variables.parse(variables) as Record<string, Json>,
    data,
    secret: null,
  };
}

/** Creates the content of a notification with a secret variable. `variables` are the others. */
export function secretContentOf<Name extends string, Variables extends z.ZodObject>(
  type: NotificationType<Name, Variables>,
  variables: Record<string, Json>,
  secret: SealedVariable,
): NotificationContent & { type: Name } {
  const { secret: name } = type;
  if (name === null) throw new Error(`${type.name} has no secret.`);
  const parsed = type.variables.parse({ ...variables, [name]: secret.sealed }) as Record<string, Json>;
  const others = Object.fromEntries(Object.entries(parsed).filter(([key]) => key !== name));
  return { type: type.name, variables: others, data: {}, secret };
}
