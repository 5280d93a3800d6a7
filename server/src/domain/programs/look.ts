/** How an operator wants a program shown: decoration, and no part of what the contracts promise. */
import { codePoints } from '../names.ts';
import { show } from '../show.ts';
import type { Refusal } from '../errors.ts';

/** Words in two languages; null where there are none. */
export interface LookText {
  readonly en: string | null;
  readonly zh: string | null;
}
export interface LookColors {
  /** `#rrggbb`, for buttons and links on light ground. */
  readonly accent: string;
  /** On dark ground; null for the same one. */
  readonly accentDark: string | null;
}
/** Words and a sign for a rule or an item, by its id or number. */
export interface LabelledLook {
  readonly id: number;
  readonly label: LookText | null;
  /** An emoji, or the name of an icon of the pages. */
  readonly icon: string | null;
}
export interface ProgramLook {
  readonly pointName: LookText | null;
  readonly colors: LookColors | null;
  /** Hash of the logo; null for none. */
  readonly logo: string | null;
  readonly rules: readonly LabelledLook[];
  readonly items: readonly LabelledLook[];
  /** Pages that may embed the wallet. */
  readonly origins: readonly string[];
}

export const NO_LOOK: ProgramLook = {
  ...{ pointName: null, colors: null, logo: null },
  ...{ rules: [], items: [], origins: [] },
};

export const MAX_LABEL_CHARACTERS = 64;
export const MAX_ICON_CHARACTERS = 32;
export const MAX_LABELLED = 500;
export const MAX_ORIGINS = 20;
const MAX_RULE_ID = 255;
const MAX_ORIGIN_CHARACTERS = 255;

const PLAIN_TEXT = /^[^\p{Cc}\p{Cs}]+$/u;
const COLOR = /^#[0-9a-f]{6}$/i;
const LOCAL_HOSTS = ['localhost', '127.0.0.1'];

function checkWords(field: string, text: string | null, most: number): Refusal[] {
  if (text === null) return [];
  const wanted = `1 to ${most} characters without control characters, or left out`;
  if (text.length > 2 * most || codePoints(text) > most) {
    return [{ code: 'TOO_LONG', field, message: `${field} is too long; it must be ${wanted}.` }];
  }
  if (PLAIN_TEXT.test(text)) return [];
  return [
    { code: 'MALFORMED', field, message: `${field} is ${show(text)}; it must be ${wanted}.` },
  ];
}

const checkText = (field: string, text: LookText | null): Refusal[] => [
  ...checkWords(`${field}.en`, text?.en ?? null, MAX_LABEL_CHARACTERS),
  ...checkWords(`${field}.zh`, text?.zh ?? null, MAX_LABEL_CHARACTERS),
];

function checkColor(field: string, color: string | null): Refusal[] {
  if (color === null || COLOR.test(color)) return [];
  const message = `${field} is ${show(color)}; it must be a colour as # and six hex digits, such as "#08766a".`;
  return [{ code: 'MALFORMED', field, message }];
}

/** Tells whether a text is the origin of pages: https and a host, or http on this machine. */
function isOrigin(text: string): boolean {
  if (text.length > MAX_ORIGIN_CHARACTERS || !URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && LOCAL_HOSTS.includes(hostname));
  return isSafe && origin === text && !hostname.includes('*');
}

const tooMany = (field: string, count: number, most: number): Refusal[] =>
  count <= most
    ? []
    : [
        {
          code: 'LIMIT_EXCEEDED',
          field,
          message: `${field} has ${count} rows; it must have at most ${most}.`,
        },
      ];

function checkLabelled(
  field: 'rules' | 'items',
  name: string,
  looks: readonly LabelledLook[],
  { lowest, highest }: { readonly lowest: number; readonly highest: number },
): Refusal[] {
  const ids = new Set<number>();
  return [
    ...tooMany(field, looks.length, MAX_LABELLED),
    ...looks.slice(0, MAX_LABELLED).flatMap(({ id, label, icon }, index): Refusal[] => {
      const at = `${field}[${index}]`;
      const isIn = id >= lowest && id <= highest && !ids.has(id);
      ids.add(id);
      const message = `${at}.${name} is ${id}; it must be from ${lowest} to ${highest}, and be there once.`;
      return [
        ...(isIn ? [] : [{ code: 'OUT_OF_RANGE' as const, field: `${at}.${name}`, message }]),
        ...checkText(`${at}.label`, label),
        ...checkWords(`${at}.icon`, icon, MAX_ICON_CHARACTERS),
      ];
    }),
  ];
}

/** Refuses what pages could not show. Whether colours can be read is for the pages to see to. */
export function checkLook({ pointName, colors, rules, items, origins }: ProgramLook): Refusal[] {
  return [
    ...checkText('pointName', pointName),
    ...checkColor('colors.accent', colors?.accent ?? null),
    ...checkColor('colors.accentDark', colors?.accentDark ?? null),
    ...checkLabelled('rules', 'ruleId', rules, { lowest: 0, highest: MAX_RULE_ID }),
    ...checkLabelled('items', 'item', items, { lowest: 1, highest: Number.MAX_SAFE_INTEGER }),
    ...tooMany('origins', origins.length, MAX_ORIGINS),
    ...origins.slice(0, MAX_ORIGINS).flatMap((origin, index): Refusal[] => {
      if (isOrigin(origin)) return [];
      const field = `origins[${index}]`;
      const message = `${field} is ${show(origin)}; it must be the origin of pages, such as "https://shop.example", without a path; http only for localhost.`;
      return [{ code: 'MALFORMED', field, message }];
    }),
  ];
}
