import type { Json } from '@souk/shared/errors';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A system setting that an administrator has set, or whose value an administrator has removed: null. */
@Entity('system_setting')
export class SystemSettingEntity {
  @PrimaryColumn({ type: 'text' })
  key!: string;

  @Column({ type: 'jsonb' })
  value!: Json;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;

  /** The administrator (UUID). */
  @Column({ name: 'updated_by', type: 'uuid', nullable: true })
  updatedBy!: string | null;
}
