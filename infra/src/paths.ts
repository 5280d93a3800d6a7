import { fileURLToPath } from 'node:url';

/** Root of the repository, with a slash at its end. */
export const ROOT_DIR = fileURLToPath(new URL('../../', import.meta.url));

/** What Dewpoint keeps between runs on this machine. Ignored by git; deleting it starts afresh. */
export const KEPT_DIR = `${ROOT_DIR}.dewpoint/`;
