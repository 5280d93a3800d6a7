import { Lexer, Source, TokenKind, type Token } from 'graphql';

/*
 * What the text of a query may be, before it is parsed: parsing and validating call themselves for every level, and compare
 * every two selections of one name, so their time has to be bounded by the text alone.
 */

/** Limits the text of a query: one with 500 actions written out has 25,000 tokens. */
export const MAX_QUERY_TOKENS = 50_000;
/** Levels of brackets of any kind. GraphQL's own libraries stand ten times as many. */
export const MAX_NESTING = 200;
/** Operations and fragments: a file with all those of an app has fewer. */
export const MAX_DEFINITIONS = 200;
/** Responses repeat the names of fields in every row, and errors in every path. */
export const MAX_NAME_CHARACTERS = 100;
/** The place of each error is counted in lines from the start of the text. */
export const MAX_LINES = 2_000;
/** 500 selections of one name, or 100 each of 25 names: validation compares every two of one name. */
export const MAX_SAME_NAMES = 250_000;

const NAME: string = TokenKind.NAME;
const SPREAD: string = TokenKind.SPREAD;
const BRACE: string = TokenKind.BRACE_L;
const PARENTHESIS: string = TokenKind.PAREN_L;
const PARENTHESIS_END: string = TokenKind.PAREN_R;
const OPENING: ReadonlySet<string> = new Set([
  TokenKind.BRACE_L,
  TokenKind.BRACKET_L,
  TokenKind.PAREN_L,
]);
const CLOSING: ReadonlySet<string> = new Set([
  TokenKind.BRACE_R,
  TokenKind.BRACKET_R,
  TokenKind.PAREN_R,
]);
const BEFORE_OTHER_NAMES: ReadonlySet<string> = new Set([
  TokenKind.COLON,
  TokenKind.SPREAD,
  TokenKind.AT,
]);

/** Counts what a text has, token by token. */
class TextCounter {
  tokens = 0;
  nesting = 0;
  definitions = 0;
  longestName = 0;
  sameNames = 0;
  /** Levels of `(`: what is in them is no selection. */
  #arguments = 0;
  readonly #selections = new Map<string, number>();
  /** The two tokens before this one. The lexer's own links lead to comments, too. */
  #before: readonly [Token | null, Token | null] = [null, null];

  count(token: Token): void {
    this.tokens += 1;
    const kind: string = token.kind;
    if (OPENING.has(kind)) this.#open(kind);
    else if (CLOSING.has(kind)) this.#close(kind);
    else if (kind === NAME) this.#name(token);
    else if (kind === SPREAD) this.#select('...');
    this.#before = [token, this.#before[0]];
  }

  #open(kind: string): void {
    if (this.nesting === 0 && kind === BRACE) this.definitions += 1;
    if (kind === PARENTHESIS) this.#arguments += 1;
    this.nesting += 1;
  }

  #close(kind: string): void {
    if (kind === PARENTHESIS_END) this.#arguments -= 1;
    this.nesting -= 1;
  }

  #name({ value }: Token): void {
    this.longestName = Math.max(this.longestName, value.length);
    const [last, beforeLast] = this.#before;
    // Behind an alias, a spread or an `@`, a name is not that of another selection.
    const isBehind = last !== null && BEFORE_OTHER_NAMES.has(last.kind);
    const isCondition = last?.value === 'on' && beforeLast?.kind === TokenKind.SPREAD;
    if (!isBehind && !isCondition) this.#select(value);
  }

  /** Fields count under the name that they are answered with, and all spreads under one. */
  #select(name: string): void {
    if (this.nesting === 0 || this.#arguments > 0) return;
    const before = this.#selections.get(name) ?? 0;
    this.#selections.set(name, before + 1);
    this.sameNames += 2 * before + 1;
  }
}

const LIMITS: readonly {
  readonly of: (counter: TextCounter) => number;
  readonly most: number;
  readonly message: string;
}[] = [
  {
    of: ({ tokens }) => tokens,
    most: MAX_QUERY_TOKENS,
    message: `The query has more than ${MAX_QUERY_TOKENS} tokens; send lists in variables, or split it.`,
  },
  {
    of: ({ nesting }) => nesting,
    most: MAX_NESTING,
    message: `The query has more than ${MAX_NESTING} brackets within one another; nest it less.`,
  },
  {
    of: ({ definitions }) => definitions,
    most: MAX_DEFINITIONS,
    message: `The query has more than ${MAX_DEFINITIONS} operations and fragments; send only those that the request needs.`,
  },
  {
    of: ({ longestName }) => longestName,
    most: MAX_NAME_CHARACTERS,
    message: `The query has a name of more than ${MAX_NAME_CHARACTERS} characters; use a shorter alias.`,
  },
  {
    of: ({ sameNames }) => sameNames,
    most: MAX_SAME_NAMES,
    message:
      'The query selects the same names too often, such as one field more than 500 times; leave repeated fields out, or split it.',
  },
];

const hasTooManyLines = (text: string): boolean => {
  let lines = 1;
  for (const _ of text.matchAll(/\r\n|[\n\r]/g)) if ((lines += 1) > MAX_LINES) return true;
  return false;
};

/**
 * Says why a text is too much to be parsed; null when it is not. It reads no further than to the first reason, and leaves
 * errors of syntax to the parser.
 */
export function textProblem(text: string): string | null {
  if (hasTooManyLines(text)) {
    return `The query has more than ${MAX_LINES} lines; send lists in variables, or leave blank lines out.`;
  }
  const lexer = new Lexer(new Source(text));
  const counter = new TextCounter();
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      counter.count(token);
      const broken = LIMITS.find(({ of, most }) => of(counter) > most);
      if (broken !== undefined) return broken.message;
    }
  } catch {
    // A syntax error: the parser says it with its place.
  }
  return null;
}
