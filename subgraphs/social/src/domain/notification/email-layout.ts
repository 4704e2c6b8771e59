import type { RenderedText } from './rendering.js';
import { builtInLocale } from './rendering.js';
import type { BuiltInLocale } from './notification-type.js';

/** The parts around the text of an e-mail. */
interface Words {
  greeting: (name: string) => string;
  /** Why the recipient gets the e-mail. */
  mandatory: string;
  optional: string;
  unsubscribe: string;
}

const words: Readonly<Record<BuiltInLocale, Words>> = {
  en: {
    greeting: (name) => `Hello ${name},`,
    mandatory: 'You get this e-mail because it concerns the security of your account.',
    optional: 'You get this e-mail because you have an account at Souk.',
    unsubscribe: 'Do not send e-mails of this kind any more',
  },
  de: {
    greeting: (name) => `Hallo ${name},`,
    mandatory: 'Du erhältst diese E-Mail, weil sie die Sicherheit deines Kontos betrifft.',
    optional: 'Du erhältst diese E-Mail, weil du ein Konto bei Souk hast.',
    unsubscribe: 'E-Mails dieser Art abbestellen',
  },
  pt: {
    greeting: (name) => `Olá ${name},`,
    mandatory: 'Recebe este e-mail porque diz respeito à segurança da sua conta.',
    optional: 'Recebe este e-mail porque tem uma conta no Souk.',
    unsubscribe: 'Não receber mais e-mails deste tipo',
  },
  fr: {
    greeting: (name) => `Bonjour ${name},`,
    mandatory: 'Vous recevez cet e-mail car il concerne la sécurité de votre compte.',
    optional: 'Vous recevez cet e-mail car vous avez un compte Souk.',
    unsubscribe: 'Ne plus recevoir d’e-mails de ce type',
  },
};

/** The two parts of an e-mail. */
export interface EmailBody {
  text: string;
  html: string;
}

/**
 * Puts a rendered text into an e-mail. The HTML part shows the same text: all of it is escaped, so that no variable and no
 * template can contain markup; web addresses become links.
 * @param unsubscribeUrl null for messages that cannot be switched off
 */
export function layOutEmail(
  { subject, body, locale }: RenderedText,
  recipientName: string,
  unsubscribeUrl: string | null,
): EmailBody {
  const { greeting, mandatory, optional, unsubscribe } = words[builtInLocale(locale)];
  const hello = greeting(recipientName);
  const reason = unsubscribeUrl === null ? mandatory : optional;
  const text = [
    hello,
    body,
    ['-- ', reason, ...(unsubscribeUrl === null ? [] : [`${unsubscribe}: ${unsubscribeUrl}`])].join('\n'),
  ].join('\n\n');
  const footer =
    unsubscribeUrl === null
      ? escapeHtml(reason)
      : `${escapeHtml(reason)} <a href="${escapeHtml(unsubscribeUrl)}">${escapeHtml(unsubscribe)}</a>`;
  const html = `<!doctype html>
<html lang="${escapeHtml(locale)}">
<head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px;background:#f6f8fa;color:#1d2329;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:36rem;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #d8dee4;border-radius:8px;overflow-wrap:anywhere">
<h1 style="margin:0 0 16px;font-size:20px">${escapeHtml(subject)}</h1>
${[hello, ...body.split(/\n{2,}/)].map(paragraph).join('\n')}
</div>
<p style="max-width:36rem;margin:16px auto 0;color:#57606a;font-size:13px">${footer}</p>
</body>
</html>
`;
  return { text, html };
}

function paragraph(text: string): string {
  const lines = escapeHtml(text)
    .replaceAll(/https?:\/\/[^\s<>"]*[^\s<>".,;:!?)]/g, (url) => `<a href="${url}">${url}</a>`)
    .replaceAll('\n', '<br>');
  return `<p style="margin:0 0 12px">${lines}</p>`;
}

/** Escapes a text for HTML, in elements and in attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
