import { sumOfPoints, toBase, POINT_DECIMALS } from '../../../shared/format/amounts.ts';
import type { NamedRule } from '../../points/fields.ts';
import type { HomeMember } from './queries.ts';

/** One drop on the branch: what a rule earned in an epoch. */
export interface BranchDrop {
  /** The same for the same drop, over reloads. */
  readonly key: string;
  readonly epoch: number;
  readonly rule: NamedRule;
  readonly points: string;
  readonly count: number;
  /**
   * - `ready`: can be collected
   * - `ripening`: its actions do not count yet
   * - `heldBack`: the contract mints it later
   */
  readonly kind: 'ready' | 'ripening' | 'heldBack';
  readonly heldBack: 'BUDGET' | 'BACKING' | null;
  /** Time at which it ripens; null for one that is ripe. */
  readonly ripeAt: string | null;
  /** Time from which it is handed in by itself. */
  readonly settlesAfter: string;
  /** Time from which the contract takes it no more. */
  readonly closesAt: string;
}

/** What hangs, and what was asked for. */
export interface Branch {
  /** Oldest first. */
  readonly hanging: readonly BranchDrop[];
  /** What can be collected, in all. */
  readonly ready: string;
  /** What was asked for, and the chain does not have yet. */
  readonly onItsWay: string;
}

const isNone = (points: string): boolean => toBase(points, POINT_DECIMALS) === 0n;

/**
 * Reads the branch out of the drops of the API.
 *
 * @param nowMs time of the service: what settles by itself by then is on its way
 */
export function readBranch(drops: HomeMember['drops'], nowMs: number): Branch {
  const hanging: BranchDrop[] = [];
  const onItsWay: string[] = [];
  for (const drop of drops) {
    const { epoch, heldBack, settlesAfter, closesAt } = drop;
    const isAsked = heldBack === null && Date.parse(settlesAfter) <= nowMs;
    if (isAsked) onItsWay.push(drop.points);
    for (const { rule, points, maturing, maturesAt, count } of drop.parts) {
      const shared = { epoch, rule, settlesAfter, closesAt, count };
      const key = `${epoch}:${rule.ruleId}`;
      if (!isNone(points) && !isAsked) {
        const kind = heldBack === null ? 'ready' : 'heldBack';
        hanging.push({ ...shared, key, points, kind, heldBack, ripeAt: null });
      }
      if (!isNone(maturing)) {
        const ripe = { points: maturing, kind: 'ripening', heldBack: null } as const;
        hanging.push({ ...shared, ...ripe, key: `${key}:ripening`, ripeAt: maturesAt });
      }
    }
  }
  const ready = hanging.filter(({ kind }) => kind === 'ready');
  return {
    hanging,
    ready: sumOfPoints(ready.map(({ points }) => points)),
    onItsWay: sumOfPoints(onItsWay),
  };
}

/** Drops that fit; what is more becomes one drop that leads to the list. */
export const MOST_DROPS = 7;

/** Where a drop hangs: left edge of its middle in percent, top in pixels. */
interface Place {
  readonly x: number;
  readonly y: number;
}

/** Few drops hang loosely under the leaves, many in two rows. */
const FEW: readonly Place[] = [
  { x: 36, y: 166 },
  { x: 13, y: 152 },
  { x: 61, y: 150 },
  { x: 86, y: 148 },
];
const MANY: readonly Place[] = [
  { x: 37, y: 132 },
  { x: 13, y: 116 },
  { x: 62, y: 126 },
  { x: 87, y: 118 },
  { x: 25, y: 206 },
  { x: 75, y: 206 },
  { x: 50, y: 212 },
];

const hashOf = (text: string): number => {
  let hash = 7;
  for (const letter of text) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
  return hash;
};

/** Gives each key a place of its own: the one that its letters choose, or the next that is free. A reload finds it there again. */
export function placesOf(keys: readonly string[]): ReadonlyMap<string, Place> {
  const places = keys.length > FEW.length ? MANY : FEW;
  const taken = new Map<string, Place>();
  const isFree = places.map(() => true);
  for (const key of keys) {
    let slot = hashOf(key) % places.length;
    while (isFree[slot] === false) slot = (slot + 1) % places.length;
    isFree[slot] = false;
    const place = places[slot];
    if (place !== undefined) taken.set(key, place);
  }
  return taken;
}

const SMALLEST = 56;
const LARGEST = 92;
const GROWTH = 9;

/** Width of a drop in pixels. It grows slowly: bigger is more, and no drop looks as if it were worth the square of another. */
export function sizeOf(points: string, isCrowded: boolean): number {
  const size = SMALLEST + GROWTH * Math.log(1 + Number(points));
  const most = isCrowded ? 64 : LARGEST;
  return Math.round(Math.min(most, isCrowded ? size * 0.82 : size));
}
