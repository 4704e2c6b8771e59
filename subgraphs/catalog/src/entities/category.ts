import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A shelf; shelves stand in a tree. */
@Entity('category')
export class CategoryEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') slug!: string;
  @Column('text') name!: string;
  @Column('uuid', { name: 'parent_id', nullable: true }) parentId!: string | null;
}
