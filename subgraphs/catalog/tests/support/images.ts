import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MediaOptions } from '@souk/catalog/media-options';
import { defaultMedia } from '@souk/catalog/media-options';
import express from 'express';
import sharp from 'sharp';
import type { TestUser } from '../../../../tests/support/subgraph.js';
import type { CatalogUnderTest, Made, Payload } from './catalog.js';
import { refusals, startCatalog } from './catalog.js';

/** The response to an upload. */
export interface Uploaded {
  status: number;
  body: {
    imageId?: string;
    width?: number;
    height?: number;
    widths?: number[];
    errors?: { message: string; extensions: { code: string } }[];
  };
}

/** A permission as the API returns it. */
export interface Permission {
  imageId: string;
  url: string;
  maxBytes: number;
  expiresAt: string;
}

/** A catalog with its endpoints on a port of its own, and a directory of media. */
export class CatalogWithMedia {
  readonly catalog: CatalogUnderTest;
  readonly origin: string;
  readonly directory: string;
  readonly #server: Server;

  constructor(catalog: CatalogUnderTest, server: Server, origin: string, directory: string) {
    this.catalog = catalog;
    this.origin = origin;
    this.directory = directory;
    this.#server = server;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.catalog.close();
    await rm(this.directory, { recursive: true, force: true });
  }

  request(user: TestUser): Promise<Payload<{ upload: Permission | null }>> {
    return this.catalog.mutate('createImageUpload', 'upload { imageId url maxBytes expiresAt }', {}, user);
  }

  async permission(user: TestUser): Promise<Permission> {
    const { upload, userErrors } = await this.request(user);
    if (!upload) throw new Error(JSON.stringify(userErrors));
    return upload;
  }

  /** Uploads a file. Returns the picture's id. */
  async upload(user: TestUser, file: Buffer | null = null): Promise<string> {
    const { url } = await this.permission(user);
    const { status, body } = await put(url, file ?? (await picture()));
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body.imageId ?? '';
  }

  /** Creates a draft with pictures. */
  draftWith(images: object[], user: TestUser): Promise<Made> {
    return this.catalog.draft('Product', { listing: { title: 'Boots', images } }, user);
  }

  /** The refusals of a draft with pictures. */
  async refusalsOf(images: object[], user: TestUser): Promise<string[]> {
    return refusals(
      await this.catalog.mutate(
        'createProduct($input: ProductInput!)',
        'listing { id }',
        { input: { listing: { title: 'Boots', images } } },
        user,
      ),
    );
  }

  /** The pictures of a listing. */
  async imagesOf({ id }: Made, user: TestUser): Promise<ImageSeen[]> {
    const data = await this.catalog.query<{ listing: { images: ImageSeen[] } }>(
      `query ($id: ID!) { listing(id: $id) { images { ${imageFields} } } }`,
      { id },
      user,
    );
    return data.listing.images;
  }

  /** The stored files, without folders. */
  async files(): Promise<string[]> {
    const entries = await readdir(this.directory, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  }
}

/** Starts a catalog that takes uploads. */
export async function startCatalogWithMedia(media: Partial<MediaOptions> = {}): Promise<CatalogWithMedia> {
  const directory = await mkdtemp(join(tmpdir(), 'souk-media-'));
  const http = express();
  const server = createServer(http);
  // Longer than a test: fetch cannot repeat a request with a stream on another connection.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const catalog = await startCatalog({}, { ...defaultMedia, publicUrl: origin, directory, ...media });
  const { router } = catalog.subgraph.app;
  if (router) http.use(router);
  return new CatalogWithMedia(catalog, server, origin, directory);
}

/** Sends a file to an upload address. */
export async function put(url: string, file: Buffer | string): Promise<Uploaded> {
  const body = typeof file === 'string' ? file : new Uint8Array(file);
  const response = await fetch(url, { method: 'PUT', body });
  return { status: response.status, body: (await response.json()) as Uploaded['body'] };
}

/** Sends a body of unknown length to an upload address. */
export function putStream(url: string, body: ReadableStream): Promise<Response> {
  // Node's types lack `duplex`, without which it refuses streams.
  return fetch(url, { method: 'PUT', body, duplex: 'half' } as RequestInit);
}

/** A PNG of one color. */
export function picture(width = 700, height = 500, background = 'teal'): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
}

/** Selected fields of a picture. */
export const imageFields = `id url alt width height placeholder small: url(width: 300)
  medium: url(width: 321, format: AVIF) sizes { width height url avif: url(format: AVIF) }`;

/** A picture with these fields. */
export interface ImageSeen {
  id: string | null;
  url: string;
  alt: string | null;
  width: number | null;
  height: number | null;
  placeholder: string | null;
  small: string;
  medium: string;
  sizes: { width: number; height: number; url: string; avif: string }[];
}
