import { securityAlertKinds } from '@souk/shared/contracts/account';
import { z } from 'zod';
import type { BuiltInLocale, NotificationContent } from './notification-type.js';
import { contentOf, defineType } from './notification-type.js';

type Kind = (typeof securityAlertKinds)[number];

/** A sentence for each kind, in Liquid. */
const sentences: Readonly<Record<BuiltInLocale, Readonly<Record<Kind, string>>>> = {
  en: {
    REFRESH_TOKEN_REUSED:
      'A session token was used twice. Somebody may have copied it, so we ended the session.',
    PASSWORD_CHANGED: 'Your password was changed.',
    PASSWORD_RESET: 'Your password was reset by e-mail.',
    EMAIL_VERIFIED: 'Your e-mail address was confirmed.',
    ROLES_CHANGED: 'Your roles were changed: {{ subject }}.',
    MFA_ENROLLED: 'Two-factor authentication was switched on.',
    MFA_DISABLED: 'Two-factor authentication was switched off.',
    RECOVERY_CODE_USED: 'A recovery code was used to sign in.',
    PASSKEY_ADDED: 'The passkey “{{ subject }}” was added.',
    PASSKEY_REMOVED: 'The passkey “{{ subject }}” was removed.',
    EXTERNAL_LOGIN_LINKED: 'Sign-in with {{ subject }} was linked to your account.',
    ACCOUNT_SUSPENDED: 'Your account was suspended: {{ subject }}',
    ACCOUNT_REACTIVATED: 'Your account was reactivated.',
  },
  de: {
    REFRESH_TOKEN_REUSED:
      'Ein Sitzungstoken wurde zweimal verwendet. Vielleicht hat es jemand kopiert; deshalb haben wir die Sitzung beendet.',
    PASSWORD_CHANGED: 'Dein Passwort wurde geändert.',
    PASSWORD_RESET: 'Dein Passwort wurde per E-Mail zurückgesetzt.',
    EMAIL_VERIFIED: 'Deine E-Mail-Adresse wurde bestätigt.',
    ROLES_CHANGED: 'Deine Rollen wurden geändert: {{ subject }}.',
    MFA_ENROLLED: 'Die Zwei-Faktor-Anmeldung wurde eingeschaltet.',
    MFA_DISABLED: 'Die Zwei-Faktor-Anmeldung wurde ausgeschaltet.',
    RECOVERY_CODE_USED: 'Zur Anmeldung wurde ein Wiederherstellungscode verwendet.',
    PASSKEY_ADDED: 'Der Passkey „{{ subject }}“ wurde hinzugefügt.',
    PASSKEY_REMOVED: 'Der Passkey „{{ subject }}“ wurde entfernt.',
    EXTERNAL_LOGIN_LINKED: 'Die Anmeldung mit {{ subject }} wurde mit deinem Konto verknüpft.',
    ACCOUNT_SUSPENDED: 'Dein Konto wurde gesperrt: {{ subject }}',
    ACCOUNT_REACTIVATED: 'Dein Konto wurde wieder freigegeben.',
  },
  pt: {
    REFRESH_TOKEN_REUSED:
      'Um token de sessão foi usado duas vezes. Alguém pode tê-lo copiado, por isso terminámos a sessão.',
    PASSWORD_CHANGED: 'A sua palavra-passe foi alterada.',
    PASSWORD_RESET: 'A sua palavra-passe foi reposta por e-mail.',
    EMAIL_VERIFIED: 'O seu endereço de e-mail foi confirmado.',
    ROLES_CHANGED: 'As suas funções foram alteradas: {{ subject }}.',
    MFA_ENROLLED: 'A autenticação de dois fatores foi ativada.',
    MFA_DISABLED: 'A autenticação de dois fatores foi desativada.',
    RECOVERY_CODE_USED: 'Foi usado um código de recuperação para iniciar sessão.',
    PASSKEY_ADDED: 'A chave de acesso “{{ subject }}” foi adicionada.',
    PASSKEY_REMOVED: 'A chave de acesso “{{ subject }}” foi removida.',
    EXTERNAL_LOGIN_LINKED: 'O início de sessão com {{ subject }} foi associado à sua conta.',
    ACCOUNT_SUSPENDED: 'A sua conta foi suspensa: {{ subject }}',
    ACCOUNT_REACTIVATED: 'A sua conta foi reativada.',
  },
  fr: {
    REFRESH_TOKEN_REUSED:
      'Un jeton de session a été utilisé deux fois. Quelqu’un l’a peut-être copié ; nous avons donc fermé la session.',
    PASSWORD_CHANGED: 'Votre mot de passe a été modifié.',
    PASSWORD_RESET: 'Votre mot de passe a été réinitialisé par e-mail.',
    EMAIL_VERIFIED: 'Votre adresse e-mail a été confirmée.',
    ROLES_CHANGED: 'Vos rôles ont été modifiés : {{ subject }}.',
    MFA_ENROLLED: 'L’authentification à deux facteurs a été activée.',
    MFA_DISABLED: 'L’authentification à deux facteurs a été désactivée.',
    RECOVERY_CODE_USED: 'Un code de récupération a été utilisé pour la connexion.',
    PASSKEY_ADDED: 'La clé d’accès « {{ subject }} » a été ajoutée.',
    PASSKEY_REMOVED: 'La clé d’accès « {{ subject }} » a été supprimée.',
    EXTERNAL_LOGIN_LINKED: 'La connexion avec {{ subject }} a été associée à votre compte.',
    ACCOUNT_SUSPENDED: 'Votre compte a été suspendu : {{ subject }}',
    ACCOUNT_REACTIVATED: 'Votre compte a été réactivé.',
  },
};

function bodyOf(locale: BuiltInLocale, device: string, advice: string): string {
  const cases = securityAlertKinds.map((kind) => `{% when "${kind}" %}${sentences[locale][kind]}`);
  return `{% case kind %}${cases.join('')}{% endcase %}\n\n{{ at | datetime }}{% if device != "" %}\n${device}: {{ device }}{% endif %}\n\n${advice}`;
}

/** A change of the recipient's sign-in data, or a sign of misuse. */
export const securityAlertType = defineType({
  name: 'SECURITY_ALERT',
  purpose: 'A change of the recipient’s sign-in data, or a sign of misuse.',
  variables: z.object({
    kind: z.enum(securityAlertKinds),
    at: z.iso.datetime(),
    /** The User-Agent header; empty if unknown. */
    device: z.string(),
    /** The object of the change; empty for kinds without one. */
    subject: z.string(),
  }),
  sample: { kind: 'PASSKEY_ADDED', at: '2026-11-30T10:00:00.000Z', device: 'Firefox', subject: 'Phone' },
  channels: ['IN_APP', 'EMAIL'],
  isOptional: false,
  secret: null,
  text: {
    en: {
      subject: 'Security of your account',
      body: bodyOf('en', 'Device', 'If it was not you, change your password and end your other sessions.'),
    },
    de: {
      subject: 'Sicherheit deines Kontos',
      body: bodyOf(
        'de',
        'Gerät',
        'Wenn du das nicht warst, ändere dein Passwort und beende deine anderen Sitzungen.',
      ),
    },
    pt: {
      subject: 'Segurança da sua conta',
      body: bodyOf(
        'pt',
        'Dispositivo',
        'Se não foi você, altere a sua palavra-passe e termine as outras sessões.',
      ),
    },
    fr: {
      subject: 'Sécurité de votre compte',
      body: bodyOf(
        'fr',
        'Appareil',
        'Si ce n’était pas vous, changez votre mot de passe et fermez vos autres sessions.',
      ),
    },
  },
});

/** For the user of an account that something happened to. */
export function securityAlert(alert: {
  kind: Kind;
  at: string;
  device: string | null;
  subject: string | null;
}): NotificationContent {
  const { kind, at, device, subject } = alert;
  return contentOf(
    securityAlertType,
    { kind, at, device: device ?? '', subject: subject ?? '' },
    { kind, at },
  );
}
