import {
  fromBase,
  POINT_DECIMALS,
  sumOfPoints,
  toBase,
} from '../../../../shared/format/amounts.ts';
import type { DeskMember } from './queries.ts';

/** Where points of a member can be. */
export type PlaceKind =
  | 'settled'
  | 'onWay'
  | 'BUDGET'
  | 'BACKING'
  | 'maturing'
  | 'tendered'
  | 'objected'
  | 'ordered'
  | 'lost';

/** Something that a place is about, with a page of its own. */
export interface PlaceLink {
  readonly number: number;
  /** What it waits for; null for nothing any more. */
  readonly at: string | null;
}

/** Points that are in one place, and what comes next. */
export interface PointsPlace {
  readonly kind: PlaceKind;
  readonly points: string;
  /** What comes next; null where nothing does by itself. */
  readonly at: string | null;
  /** After that it is too late; null for never. */
  readonly closesAt: string | null;
  /** Whether the member asked for them already. */
  readonly isAsked: boolean;
  readonly links: readonly PlaceLink[];
}

type Drop = DeskMember['drops'][number];

const isNone = (points: string): boolean => toBase(points, POINT_DECIMALS) === 0n;
const earliest = (times: readonly (string | null)[]): string | null =>
  times.filter((time) => time !== null).toSorted()[0] ?? null;
const nodesOf = <Node>({ edges }: { readonly edges: readonly { readonly node: Node }[] }): Node[] =>
  edges.map(({ node }) => node);

const NOTHING_MORE = { at: null, closesAt: null, isAsked: false, links: [] } as const;

function ofDrops(kind: PlaceKind, drops: readonly Drop[]): PointsPlace {
  return {
    ...{ kind, links: [], points: sumOfPoints(drops.map(({ points }) => points)) },
    at: earliest(drops.map(({ settlesAfter }) => settlesAfter)),
    closesAt: earliest(drops.map(({ closesAt }) => closesAt)),
    isAsked: drops.some(({ askedAt }) => askedAt !== null),
  };
}

/** What was earned in days that are over for good, and never came: of the newest entries. */
function lostOf({ history }: DeskMember): string {
  const lost = nodesOf(history).filter(({ state }) => state === 'LAPSED' || state === 'REFUSED');
  const missing = lost.map(({ points, minted }) =>
    fromBase(toBase(points, POINT_DECIMALS) - toBase(minted, POINT_DECIMALS), POINT_DECIMALS),
  );
  return sumOfPoints(missing);
}

/** Tells where all points of a member are: the account first, then what is to come, then what is set aside. */
export function whereabouts(member: DeskMember): PointsPlace[] {
  const { balance, drops } = member;
  const shares = nodesOf(member.shares).filter(({ locked }) => !isNone(locked));
  const objections = nodesOf(member.objections).filter(({ locked }) => !isNone(locked));
  const orders = nodesOf(member.orders).filter(({ state }) => state === 'OPEN');
  const places: PointsPlace[] = [
    ofDrops(
      'onWay',
      drops.filter(({ heldBack }) => heldBack === null),
    ),
    ...(['BUDGET', 'BACKING'] as const).map((kind) =>
      ofDrops(
        kind,
        drops.filter(({ heldBack }) => heldBack === kind),
      ),
    ),
    {
      ...{ ...NOTHING_MORE, kind: 'maturing' },
      points: sumOfPoints(drops.map(({ maturing }) => maturing)),
      at: earliest(drops.flatMap(({ parts }) => parts.map(({ maturesAt }) => maturesAt))),
    },
    {
      ...{ ...NOTHING_MORE, kind: 'tendered', points: balance.tendered },
      links: shares.map(({ round: { number, state, closesAt } }) => ({
        ...{ number, at: state === 'OPEN' ? closesAt : null },
      })),
    },
    {
      ...{ ...NOTHING_MORE, kind: 'objected', points: balance.objected },
      links: objections.map(({ changeNumber, change }) => ({
        number: changeNumber,
        at: change?.state === 'PENDING' ? change.noticeEndsAt : null,
      })),
    },
    {
      ...{ ...NOTHING_MORE, kind: 'ordered', points: balance.ordered },
      links: orders.map(({ number, deadline }) => ({ number, at: deadline })),
    },
    { ...NOTHING_MORE, kind: 'lost', points: lostOf(member) },
  ];
  return [
    { ...NOTHING_MORE, kind: 'settled', points: balance.settled },
    ...places.filter(({ points }) => !isNone(points)),
  ];
}

/** All that a member has or will have, of what is in these places. */
export const totalOf = (places: readonly PointsPlace[]): string =>
  sumOfPoints(places.filter(({ kind }) => kind !== 'lost').map(({ points }) => points));

const PER_MILLE = 1_000n;

/** How much of a total something is, in percent with one decimal. */
export function percentOf(points: string, total: string): number {
  const all = toBase(total, POINT_DECIMALS);
  return all === 0n ? 0 : Number((toBase(points, POINT_DECIMALS) * PER_MILLE) / all) / 10;
}
