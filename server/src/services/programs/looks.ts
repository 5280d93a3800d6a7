import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { UserError, refuseIfAny } from '../../domain/errors.ts';
import { checkLook, NO_LOOK, type ProgramLook } from '../../domain/programs/look.ts';
import type { Program } from '../../domain/program.ts';
import { MAX_LOGO_BYTES, MAX_LOGO_SIDE, redrawLogo, type LogoFlaw } from '../../lib/logoImage.ts';
import type { LookStore } from '../../ports/stores/programs.ts';
import type { Once } from '../transactions/once.ts';

/** What is to change of a look; what is left out stays as it is. */
export type LookChange = Partial<Omit<ProgramLook, 'logo'>> & {
  /** A PNG or WebP in base64; null takes the logo away. */
  readonly logo?: string | null;
};

/** Reads and sets how a program is shown. */
export interface Looks {
  /** Returns the look of a program, at most a second old. */
  of(programId: string): Promise<ProgramLook>;
  /** Reads an image by its hash; null for none. */
  image(hash: string): Promise<Buffer | null>;
  /**
   * Changes a look.
   *
   * @throws UserError for every part that is out of its bounds, and IDEMPOTENCY_KEY_REUSED
   */
  set(
    program: Pick<Program, 'id'>,
    change: LookChange,
    idempotencyKey: string,
  ): Promise<ProgramLook>;
}

const MAX_AGE_MS = 1_000;
const MAX_CACHED = 1_000;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
/** Characters of base64 for the bytes of a logo. */
const MAX_BASE64 = Math.ceil(MAX_LOGO_BYTES / 3) * 4;

const WRONG: Readonly<Record<LogoFlaw, string>> = {
  NOT_AN_IMAGE: 'is no PNG or WebP that can be read',
  TOO_LARGE: 'has too many bytes',
  TOO_MANY_PIXELS: 'has too many pixels',
};

const badLogo = (flaw: LogoFlaw): UserError =>
  new UserError({
    code: flaw === 'NOT_AN_IMAGE' ? 'MALFORMED' : 'TOO_LONG',
    field: 'logo',
    message: `logo ${WRONG[flaw]}; it must be a PNG or WebP in base64 of at most ${MAX_LOGO_BYTES} bytes and ${MAX_LOGO_SIDE} pixels a side.`,
  });

async function redrawn(logo: string): Promise<Buffer> {
  if (logo.length > MAX_BASE64) throw badLogo('TOO_LARGE');
  if (!BASE64.test(logo)) throw badLogo('NOT_AN_IMAGE');
  const drawn = await redrawLogo(Buffer.from(logo, 'base64'));
  if (typeof drawn === 'string') throw badLogo(drawn);
  return drawn.webp;
}

export function createLooks(deps: { looks: LookStore; once: Once }): Looks {
  const { looks, once } = deps;
  const cache = new LRUCache<string, ProgramLook>({ max: MAX_CACHED, ttl: MAX_AGE_MS });
  const read = async (programId: string): Promise<ProgramLook> =>
    (await looks.find(programId)) ?? NO_LOOK;

  return {
    of: async (programId) => {
      const known = cache.get(programId);
      if (known !== undefined) return known;
      const look = await read(programId);
      cache.set(programId, look);
      return look;
    },
    image: (hash) => looks.findImage(hash),
    set: async ({ id }, { logo, ...change }, idempotencyKey) => {
      const write = {
        owner: [id],
        kind: 'programLookSet',
        idempotencyKey,
        input: { logo, ...change },
      };
      return once.run(write, async () => {
        refuseIfAny(checkLook({ ...NO_LOOK, ...change }));
        const bytes = logo == null ? null : await redrawn(logo);
        // An image belongs to one program, so that it can go when its program has another one.
        const hash =
          bytes === null
            ? null
            : createHash('sha256').update(`${id}\n`).update(bytes).digest('hex');
        if (hash !== null && bytes !== null) await looks.saveImage(hash, bytes);
        const given = { ...change, ...(logo !== undefined && { logo: hash }) };
        const before = (await looks.change(id, given)) ?? NO_LOOK;
        cache.delete(id);
        // As it is now: another change may have brought the old image back.
        const after = await read(id);
        if (before.logo !== null && before.logo !== after.logo) {
          await looks.removeImage(before.logo);
        }
        return { ...before, ...given };
      });
    },
  };
}
