import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Reason why a session ended. SUPERSEDED: the account opened a session beyond its maximum. */
export type SessionEndReason =
  | 'LOGGED_OUT'
  | 'TOKEN_REUSED'
  | 'REVOKED'
  | 'SUPERSEDED'
  | 'PASSWORD_CHANGED'
  | 'PASSWORD_RESET'
  | 'ROLES_CHANGED'
  | 'ACCOUNT_SUSPENDED'
  | 'ACCOUNT_DELETED';

/** One signed-in device: a family of rotating refresh tokens. */
@Entity('session')
export class SessionEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'user_id', type: 'uuid' })
  userId!: string;

  @Column({ name: 'user_agent', type: 'text', nullable: true })
  userAgent!: string | null;

  @Column({ name: 'ip_address', type: 'text', nullable: true })
  ipAddress!: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'last_used_at', type: 'timestamptz' })
  lastUsedAt!: Date;

  /** Expiry of its newest refresh token. */
  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt!: Date | null;

  @Column({ name: 'end_reason', type: 'text', nullable: true })
  endReason!: SessionEndReason | null;
}

/** An issued refresh token. Used tokens are stored until they expire, so that reuse is detected. */
@Entity('refresh_token')
export class RefreshTokenEntity {
  /** SHA-256 of the token. The token itself is never stored. */
  @PrimaryColumn({ name: 'token_hash', type: 'bytea' })
  tokenHash!: Buffer;

  @Column({ name: 'session_id', type: 'uuid' })
  sessionId!: string;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;

  /** By the database's clock. */
  @Column({ name: 'used_at', type: 'timestamptz', nullable: true })
  usedAt!: Date | null;

  /** The token pair that replaced it, encrypted by `sealTokens`; null once the token must not be repeated. */
  @Column({ type: 'bytea', nullable: true })
  successor!: Buffer | null;
}
