import type { Role } from '@souk/shared/auth/scopes';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Only ACTIVE users may sign in and buy. */
export type UserStatus = 'ACTIVE' | 'SUSPENDED' | 'DELETED';

/** A user's account. The entity omits the password hash; only the login reads that column. */
@Entity('user_account')
export class UserEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  /** As entered at registration. Unique regardless of case. */
  @Column({ type: 'text' })
  email!: string;

  @Column({ name: 'email_verified', type: 'boolean' })
  emailVerified!: boolean;

  @Column({ name: 'first_name', type: 'text' })
  firstName!: string;

  @Column({ name: 'last_name', type: 'text' })
  lastName!: string;

  @Column({ name: 'display_name', type: 'text' })
  displayName!: string;

  @Column({ name: 'avatar_url', type: 'text', nullable: true })
  avatarUrl!: string | null;

  @Column({ type: 'text', nullable: true })
  phone!: string | null;

  @Column({ type: 'text', array: true })
  roles!: Role[];

  @Column({ type: 'text' })
  status!: UserStatus;

  /** Why an administrator suspended the account; null unless SUSPENDED. */
  @Column({ name: 'suspension_reason', type: 'text', nullable: true })
  suspensionReason!: string | null;

  /** The saga that deletes the account, or has deleted it (UUID). */
  @Column({ name: 'deletion_id', type: 'uuid', nullable: true })
  deletionId!: string | null;

  /** A canonical BCP 47 tag. */
  @Column({ type: 'text' })
  locale!: string;

  /** An IANA time zone name. */
  @Column({ name: 'time_zone', type: 'text' })
  timeZone!: string;

  /** A JSON object of client settings; the server does not interpret it. */
  @Column({ type: 'json' })
  preferences!: object;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
