import { safeIntegerColumn } from '@souk/shared/db/safe-integer-column';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A WebAuthn credential of a user. */
@Entity('passkey')
export class PasskeyEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'user_id', type: 'uuid' })
  userId!: string;

  /** In base64url, as browsers send it. */
  @Column({ name: 'credential_id', type: 'text' })
  credentialId!: string;

  /** In the format of COSE. */
  @Column({ name: 'public_key', type: 'bytea' })
  publicKey!: Buffer;

  /** The highest counter of a signature; 0 with authenticators that do not count. */
  @Column(safeIntegerColumn({ name: 'sign_count' }))
  signCount!: number;

  /** How browsers reach the authenticator, such as usb; hints for the next ceremony. */
  @Column({ type: 'text', array: true })
  transports!: string[];

  /** Whether the authenticator keeps copies, so that the loss of a device does not lose the passkey. */
  @Column({ name: 'is_backed_up', type: 'boolean' })
  isBackedUp!: boolean;

  /** The user's own name for it. */
  @Column({ type: 'text' })
  name!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true })
  lastUsedAt!: Date | null;
}
