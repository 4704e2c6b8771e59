import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Statistics and settings of a user. Created with the first purchase or setting. */
@Entity('social_profile')
export class SocialProfileEntity {
  @PrimaryColumn({ name: 'user_id', type: 'uuid' })
  userId!: string;

  /** Units bought. */
  @Column({ type: 'int' })
  purchases!: number;

  @Column({ name: 'tours_taken', type: 'int' })
  toursTaken!: number;

  @Column({ name: 'events_attended', type: 'int' })
  eventsAttended!: number;

  /** Whether followers are notified about purchases; off until the user switches it on. */
  @Column({ name: 'shares_activity', type: 'boolean' })
  sharesActivity!: boolean;
}
