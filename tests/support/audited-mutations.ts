import { auditedActions } from '@souk/shared/contracts/audit';
import type { AuditAction } from '@souk/shared/contracts/audit';

/** The audited action of a mutation, or null: `createProduct` is CREATE_PRODUCT. */
export function actionOfMutation(mutation: string): AuditAction | null {
  const name = mutation.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  return name in auditedActions ? (name as AuditAction) : null;
}

/**
 * Mutations that are not audited, each with its reason. A mutation of administrators or partners cannot be here, unless
 * its scope is one of several.
 */
export const notAudited: Readonly<Record<string, string>> = {
  ...because('Everybody signs in and out; sessions, failed logins and security alerts show it.', [
    'register',
    'login',
    'verifyMfa',
    'refreshSession',
    'logout',
    'revokeSession',
    'revokeAllSessions',
    'elevateSession',
    'beginPasskeyLogin',
    'finishPasskeyLogin',
    'beginPasskeyElevation',
    'elevateSessionByPasskey',
  ]),
  ...because('Everybody changes their own credentials; events and security alerts show it.', [
    'requestPasswordReset',
    'resetPassword',
    'changePassword',
    'requestEmailVerification',
    'verifyEmail',
    'beginMfaEnrolment',
    'confirmMfaEnrolment',
    'disableMfa',
    'beginPasskeyRegistration',
    'finishPasskeyRegistration',
    'removePasskey',
  ]),
  ...because('Everybody changes their own personal data, of which the log has none.', [
    'updateProfile',
    'addAddress',
    'updateAddress',
    'removeAddress',
  ]),
  ...because("A buyer's own cart, order or payment.", [
    'addToCart',
    'updateCartItem',
    'removeCartItem',
    'clearCart',
    'mergeCart',
    'checkout',
    'createOrder',
    'confirmPayment',
    'holdSeats',
    'releaseSeats',
  ]),
  ...because('Order calls it for the cart of a buyer.', ['holdCartSeats', 'releaseCartSeats']),
  ...because("A holder's own token.", ['offerTokenTransfer', 'acceptTokenTransfer', 'withdrawTokenTransfer']),
  ...because('Everybody decides about their own social life and notifications.', [
    'follow',
    'unfollow',
    'block',
    'unblock',
    'setActivitySharing',
    'markNotificationRead',
    'markAllNotificationsRead',
    'setNotificationPreference',
    'setQuietHours',
    'addToWishlist',
    'removeFromWishlist',
    'registerPushSubscription',
    'removePushSubscription',
    'registerPushSubscription',
  ]),
  ...because('A buyer says what they think of a listing, and everybody what they think of a review.', [
    'reviewListing',
    'deleteReview',
    'reportReview',
  ]),
};

function because(reason: string, mutations: readonly string[]): Record<string, string> {
  return Object.fromEntries(mutations.map((mutation) => [mutation, reason]));
}
