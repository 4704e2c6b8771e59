/** Users of account, as far as order asks for them. */
export interface AccountPort {
  /**
   * Returns the UUID of the active user with an e-mail address; null if there is none.
   * @throws Unavailable if account does not respond in time
   */
  findUserByEmail(email: string, requestId: string | null): Promise<string | null>;
}
