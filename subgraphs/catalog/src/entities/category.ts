import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A category in the category tree. */
@Entity('category')
export class CategoryEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') slug!: string;
  @Column('text') name!: string;
  @Column('uuid', { name: 'parent_id', nullable: true }) parentId!: string | null;
}
