import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A postal address of a user. Exactly one of a user's addresses is the default. */
@Entity('address')
export class AddressEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'user_id', type: 'uuid' })
  userId!: string;

  @Column({ type: 'text', nullable: true })
  label!: string | null;

  @Column({ type: 'text' })
  recipient!: string;

  @Column({ type: 'text' })
  line1!: string;

  @Column({ type: 'text', nullable: true })
  line2!: string | null;

  @Column({ type: 'text' })
  city!: string;

  @Column({ type: 'text', nullable: true })
  region!: string | null;

  @Column({ name: 'postal_code', type: 'text' })
  postalCode!: string;

  /** ISO 3166-1 alpha-2. */
  @Column({ name: 'country_code', type: 'text' })
  countryCode!: string;

  @Column({ type: 'text', nullable: true })
  phone!: string | null;

  @Column({ name: 'is_default', type: 'boolean' })
  isDefault!: boolean;
}
