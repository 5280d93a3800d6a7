import { parseEnv } from 'node:util';
import { parse } from 'yaml';

/** A service of docker-compose.yml, as far as it is looked at here. */
export interface ComposeService {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly target?: string };
  readonly profiles?: readonly string[];
  readonly restart?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<
    Record<string, { readonly condition: string; readonly required?: boolean }>
  >;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

/** Reads docker-compose.yml, with its merges put in; `${...}` stays as it is. */
export const readCompose = (text: string): ComposeFile =>
  parse(text, { merge: true }) as ComposeFile;

/** Reads a file for `--env-file`. */
export const readEnvFile = (text: string): Readonly<Record<string, string>> =>
  parseEnv(text) as Record<string, string>;

/** One `${NAME}`, `${NAME:-default}` or `${NAME:?message}`. */
export interface Interpolation {
  readonly name: string;
  readonly kind: 'plain' | 'default' | 'required';
  /** The default, or the message. */
  readonly text: string;
}

const INTERPOLATION = /\$\{([A-Z0-9_]+)(?::([-?])([^}]*))?\}/g;

const interpolationOf = ([, name = '', sign, text = '']: RegExpMatchArray): Interpolation => ({
  name,
  kind: sign === '-' ? 'default' : sign === '?' ? 'required' : 'plain',
  text,
});

/** Everything in a text that Compose takes from outside. */
export const interpolationsIn = (text: string): readonly Interpolation[] =>
  [...text.matchAll(INTERPOLATION)].map(interpolationOf);

/**
 * Puts in what Compose would.
 *
 * @throws Error with the file's own message for a variable that must be set
 */
export const interpolate = (
  text: string,
  variables: Readonly<Record<string, string | undefined>>,
): string =>
  text.replace(INTERPOLATION, (...match: unknown[]) => {
    const { name, kind, text: other } = interpolationOf(match as unknown as RegExpMatchArray);
    const value = variables[name];
    if (value !== undefined && value !== '') return value;
    if (kind === 'required') throw new Error(`${name} ${other}`);
    return kind === 'default' ? other : '';
  });
