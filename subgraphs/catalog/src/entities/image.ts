import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A picture that a seller uploads. The columns of its content are null until its file was accepted. */
@Entity('image')
export class ImageEntity {
  @PrimaryColumn('uuid') id!: string;
  /** Null: the platform's own. */
  @Column('uuid', { name: 'partner_id', nullable: true }) partnerId!: string | null;
  @Column('uuid', { name: 'uploaded_by' }) uploadedBy!: string;
  /** SHA-256 of the secret in the upload address. */
  @Column('bytea', { name: 'token_hash' }) tokenHash!: Buffer;
  @Column('timestamptz', { name: 'upload_expires_at' }) uploadExpiresAt!: Date;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;

  /** SHA-256 of the uploaded file, which is not kept. */
  @Column('bytea', { name: 'content_hash', nullable: true }) contentHash!: Buffer | null;
  /** Size of the uploaded file in bytes. */
  @Column('int', { nullable: true }) bytes!: number | null;
  /** Prefix of its files in the media store. */
  @Column('text', { nullable: true }) name!: string | null;
  /** Pixels of the largest size. */
  @Column('int', { nullable: true }) width!: number | null;
  @Column('int', { nullable: true }) height!: number | null;
  /** Widths of its sizes in pixels, ascending. */
  @Column('int', { array: true, nullable: true }) widths!: number[] | null;
  /** A tiny blurred preview, as a data address. */
  @Column('text', { nullable: true }) placeholder!: string | null;

  /** Last time at which the collector looked for listings that use it. */
  @Column('timestamptz', { name: 'checked_at' }) checkedAt!: Date;
  /** Since when no listing is known to use it; null while one does. */
  @Column('timestamptz', { name: 'unused_since', nullable: true }) unusedSince!: Date | null;
}
