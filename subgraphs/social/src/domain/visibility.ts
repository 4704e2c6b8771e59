/**
 * An SQL condition: a user may be shown to a viewer. The account is active, and neither of the two has blocked the other.
 * Users whom account's list does not have yet are active.
 * @param viewer an SQL expression for the viewer's UUID
 * @param user one for the user's, which may be null
 */
export function isUserVisible(viewer: string, user: string): string {
  return `NOT EXISTS (SELECT FROM known_user ku WHERE ku.user_id = ${user} AND ku.status <> 'ACTIVE')
    AND NOT EXISTS (SELECT FROM user_block ub WHERE ub.blocker_id = ${viewer} AND ub.blocked_id = ${user})
    AND NOT EXISTS (SELECT FROM user_block ub WHERE ub.blocker_id = ${user} AND ub.blocked_id = ${viewer})`;
}

/**
 * An SQL condition: a listing is on sale as far as social knows. It is published, and its seller may sell.
 * @param listing an SQL expression for the listing's UUID, which may be null
 */
export function isListingVisible(listing: string): string {
  return `NOT EXISTS (
      SELECT FROM known_listing kl LEFT JOIN known_partner kp ON kp.partner_id = kl.partner_id
      WHERE kl.listing_id = ${listing}
        AND (kl.status <> 'PUBLISHED' OR (kl.partner_id IS NOT NULL AND kp.status IS DISTINCT FROM 'VERIFIED')))`;
}
