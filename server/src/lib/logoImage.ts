import sharp from 'sharp';

/** Why an image is not taken. */
export type LogoFlaw = 'NOT_AN_IMAGE' | 'TOO_MANY_PIXELS' | 'TOO_LARGE';

const SIDE_PIXELS = 512;
/** An image of few bytes can have very many pixels, and every one of them takes memory. */
export const MAX_LOGO_SIDE = 2_048;
/** Of the file that is given, and of the one that is kept. */
export const MAX_LOGO_BYTES = 200_000;
const QUALITIES = [90, 75, 50] as const;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

sharp.cache(false);
sharp.concurrency(1);

/** Other formats never reach a decoder, whatever the library knows of them. */
const isPngOrWebp = (bytes: Buffer): boolean =>
  bytes.subarray(0, PNG.length).equals(PNG) ||
  (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP');

/**
 * Draws a PNG or WebP afresh as a still WebP of at most 512 pixels a side: of the bytes that were given, none is kept, nor what
 * hides between them.
 */
export async function redrawLogo(given: Buffer): Promise<{ readonly webp: Buffer } | LogoFlaw> {
  if (given.length > MAX_LOGO_BYTES) return 'TOO_LARGE';
  if (!isPngOrWebp(given)) return 'NOT_AN_IMAGE';
  const options = { limitInputPixels: MAX_LOGO_SIDE ** 2, failOn: 'error', pages: 1 } as const;
  try {
    const { width, height } = await sharp(given, {
      ...options,
      limitInputPixels: false,
    }).metadata();
    if (width > MAX_LOGO_SIDE || height > MAX_LOGO_SIDE) return 'TOO_MANY_PIXELS';
    const drawn = sharp(given, options).resize(SIDE_PIXELS, SIDE_PIXELS, {
      fit: 'inside',
      withoutEnlargement: true,
    });
    for (const quality of QUALITIES) {
      const webp = await drawn.clone().webp({ quality }).toBuffer();
      if (webp.length <= MAX_LOGO_BYTES) return { webp };
    }
    return 'TOO_LARGE';
  } catch {
    return 'NOT_AN_IMAGE'; // the library says only that it can't read it
  }
}
