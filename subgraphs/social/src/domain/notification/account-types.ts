import { z } from 'zod';
import { defineType } from './notification-type.js';

const token = z.string();
const sampleToken = 'fLZ0Yh1y3s5x8c2Vq7bN4mK9tR6wE1uA0jP5gD2oS7I';
// Only by e-mail: the token proves that its reader receives e-mails at the address.
const byEmail = { channels: ['EMAIL'], isOptional: false, secret: 'token' } as const;

/** A token that confirms an e-mail address. */
export const emailVerificationType = defineType({
  ...byEmail,
  name: 'EMAIL_VERIFICATION',
  purpose: 'A token for verifyEmail. Only by e-mail.',
  variables: z.object({ token }),
  sample: { token: sampleToken },
  text: {
    en: {
      subject: 'Confirm your e-mail address',
      body: 'Confirm that this address is yours:\n\n{{ siteUrl }}/verify-email?token={{ token | url_encode }}\n\nThe token for verifyEmail is:\n{{ token }}\n\nIf you have no account at Souk, ignore this message.',
    },
    de: {
      subject: 'Bestätige deine E-Mail-Adresse',
      body: 'Bestätige, dass diese Adresse dir gehört:\n\n{{ siteUrl }}/verify-email?token={{ token | url_encode }}\n\nDas Token für verifyEmail lautet:\n{{ token }}\n\nWenn du kein Konto bei Souk hast, ignoriere diese Nachricht.',
    },
    pt: {
      subject: 'Confirme o seu endereço de e-mail',
      body: 'Confirme que este endereço é seu:\n\n{{ siteUrl }}/verify-email?token={{ token | url_encode }}\n\nO token para verifyEmail é:\n{{ token }}\n\nSe não tem conta no Souk, ignore esta mensagem.',
    },
    fr: {
      subject: 'Confirmez votre adresse e-mail',
      body: 'Confirmez que cette adresse est la vôtre :\n\n{{ siteUrl }}/verify-email?token={{ token | url_encode }}\n\nLe jeton pour verifyEmail est :\n{{ token }}\n\nSi vous n’avez pas de compte Souk, ignorez ce message.',
    },
  },
});

/** A token that sets a new password. */
export const passwordResetType = defineType({
  ...byEmail,
  name: 'PASSWORD_RESET',
  purpose: 'A token for resetPassword. Only by e-mail.',
  variables: z.object({ token }),
  sample: { token: sampleToken },
  text: {
    en: {
      subject: 'Set a new password',
      body: 'Choose a new password here:\n\n{{ siteUrl }}/reset-password?token={{ token | url_encode }}\n\nThe token for resetPassword is:\n{{ token }}\n\nIf you did not ask for this, ignore this message: your password stays as it is.',
    },
    de: {
      subject: 'Lege ein neues Passwort fest',
      body: 'Wähle hier ein neues Passwort:\n\n{{ siteUrl }}/reset-password?token={{ token | url_encode }}\n\nDas Token für resetPassword lautet:\n{{ token }}\n\nWenn du das nicht angefordert hast, ignoriere diese Nachricht: Dein Passwort bleibt, wie es ist.',
    },
    pt: {
      subject: 'Defina uma nova palavra-passe',
      body: 'Escolha aqui uma nova palavra-passe:\n\n{{ siteUrl }}/reset-password?token={{ token | url_encode }}\n\nO token para resetPassword é:\n{{ token }}\n\nSe não fez este pedido, ignore esta mensagem: a sua palavra-passe não muda.',
    },
    fr: {
      subject: 'Choisissez un nouveau mot de passe',
      body: 'Choisissez ici un nouveau mot de passe :\n\n{{ siteUrl }}/reset-password?token={{ token | url_encode }}\n\nLe jeton pour resetPassword est :\n{{ token }}\n\nSi vous n’avez rien demandé, ignorez ce message : votre mot de passe ne change pas.',
    },
  },
});
