import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Uploaded pictures, and the files that are to be deleted. The index finds the listings that use a picture; listings of
 * older versions use none.
 */
export class Images1765400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE image (
        id uuid PRIMARY KEY,
        partner_id uuid,
        uploaded_by uuid NOT NULL,
        token_hash bytea NOT NULL UNIQUE,
        upload_expires_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        content_hash bytea,
        bytes integer,
        name text UNIQUE,
        width integer,
        height integer,
        widths integer[],
        placeholder text,
        checked_at timestamptz NOT NULL DEFAULT now(),
        unused_since timestamptz DEFAULT now(),
        CONSTRAINT image_is_whole CHECK (
          num_nulls(content_hash, bytes, name, width, height, widths, placeholder) IN (0, 7)
        )
      )`);
    await runner.query('CREATE INDEX image_uploads ON image (uploaded_by, created_at)');
    await runner.query('CREATE INDEX image_checks ON image (checked_at)');
    await runner.query(`
      CREATE TABLE media_deletion (
        name text PRIMARY KEY,
        keys text[] NOT NULL,
        due_at timestamptz NOT NULL,
        attempts integer NOT NULL DEFAULT 0
      )`);
    await runner.query('CREATE INDEX media_deletion_due ON media_deletion (due_at)');
    await runner.query('CREATE INDEX listing_images ON listing USING gin (images jsonb_path_ops)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX listing_images');
    await runner.query('DROP TABLE media_deletion');
    await runner.query('DROP TABLE image');
  }
}
