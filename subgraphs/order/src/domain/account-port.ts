/** Users of account, as far as order asks for them. */
export interface AccountPort {
  /**
   * Returns the UUID of the active user with an e-mail address; null if there is none.
   * @throws Unavailable if account does not respond in time
   */
  findUserByEmail(email: string, requestId: string | null): Promise<string | null>;
  /**
   * Returns the name that a user (UUID) shows to others; null for a deleted one.
   * @throws Unavailable as above
   */
  findDisplayName(userId: string): Promise<string | null>;
}
