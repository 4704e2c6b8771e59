import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A block of seats. `x` and `y` place its first seat on the seat map; a seat is one unit wide and deep. */
export interface Section {
  name: string;
  rows: number;
  seatsPerRow: number;
  x: number | null;
  y: number | null;
}

/** A venue. */
@Entity('venue')
export class VenueEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') name!: string;
  @Column('text') address!: string;
  @Column('text') city!: string;
  @Column('text', { name: 'country_code' }) countryCode!: string;
  @Column('double precision', { nullable: true }) latitude!: number | null;
  @Column('double precision', { nullable: true }) longitude!: number | null;
  /** IANA time zone; null if it is unknown. */
  @Column('text', { name: 'time_zone', nullable: true }) timeZone!: string | null;
  @Column('int') capacity!: number;
  @Column('jsonb') sections!: Section[];
  @Column('uuid', { name: 'partner_id', nullable: true }) partnerId!: string | null;
}
