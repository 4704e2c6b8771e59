import type { Role } from '@souk/shared/auth/scopes';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whether a person may sign in and buy. */
export type UserStatus = 'ACTIVE' | 'SUSPENDED' | 'DELETED';

/** A person's account. The password's hash stays in the table: only the login reads it. */
@Entity('user_account')
export class UserEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  /** As it was written at registration; unique whatever the case of its letters. */
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

  /** A canonical BCP 47 tag. */
  @Column({ type: 'text' })
  locale!: string;

  /** A name of the IANA time zone database. */
  @Column({ name: 'time_zone', type: 'text' })
  timeZone!: string;

  /** Whatever a client keeps there: a JSON object. */
  @Column({ type: 'json' })
  preferences!: object;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
