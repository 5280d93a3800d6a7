import { useTranslation } from 'react-i18next';
import { POINT_DECIMALS, showMoney, showPoints, toBase } from '../../shared/format/amounts.ts';
import { showDay } from '../../shared/format/dates.ts';
import type { ActivityRow, LineState, NamedOrder } from './fields.ts';
import { iconOfItem, useItemWords } from '../../shared/items/itemWords.ts';
import { iconOfRule, useRuleWords } from './ruleWords.ts';

/** How a row of the activity looks. */
export interface RowLook {
  readonly title: string;
  readonly note: string;
  /** Points with their sign, as the member's own points change; null for none. */
  readonly points: string | null;
  /** One or two words about how far it is, and how they look. */
  readonly state: { readonly words: string; readonly look: 'plain' | 'waiting' | 'final' | 'bad' };
  /** Icon of the operator, or name of one of ours. */
  readonly icon: string | null;
  readonly otherIcon: string;
  /** Path of the page that explains it. */
  readonly to: string;
}

type Kind = ActivityRow['kind'];

const isNone = (points: string): boolean => toBase(points, POINT_DECIMALS) === 0n;

const ICONS: Readonly<Record<Kind, string>> = {
  ...{ EARNED: 'drop', SETTLED: 'drop', TENDERED: 'back', BOUGHT: 'coins', RETURNED: 'back' },
  ...{ OBJECTED: 'hand', RELEASED: 'hand', ORDERED: 'gift', FULFILLED: 'gift', REFUNDED: 'gift' },
  ...{ MOVED: 'move', MERGED: 'drop', MONEY_SENT: 'coins' },
};
/** What takes points away, for now or for good. */
const LESS: readonly Kind[] = ['TENDERED', 'OBJECTED', 'ORDERED', 'MOVED'];
const MORE: readonly Kind[] = ['EARNED', 'SETTLED', 'RETURNED', 'RELEASED', 'REFUNDED', 'MERGED'];
/** What became of points that had been taken before: nothing more is added or taken. */
const signed = (kind: Kind, points: string): string | null => {
  if (LESS.includes(kind)) return `-${points}`;
  return MORE.includes(kind) ? points : null;
};

const pathOf = ({ kind, epoch, rule, orderNumber, roundNumber, changeNumber }: ActivityRow) => {
  if (kind === 'EARNED' && rule !== null && epoch !== null)
    return `/activity/${epoch}/${rule.ruleId}`;
  if (orderNumber !== null) return `/orders/${orderNumber}`;
  if (changeNumber !== null) return `/rules/changes/${changeNumber}`;
  if (roundNumber !== null || kind === 'MONEY_SENT') return '/buyback';
  return kind === 'SETTLED' ? '/me/receipts' : '/me';
};

/** Looks of the state of what was earned. */
const STATE_LOOKS: Readonly<Record<LineState['state'], RowLook['state']['look']>> = {
  ...{ SETTLED: 'final', PENDING: 'plain', MATURING: 'plain', RULE_NOT_IN_FORCE: 'bad' },
  ...{ LAPSED: 'bad', REFUSED: 'bad', VOIDED: 'bad' },
};

/** What a rule earned in an epoch and the chain does not have yet. */
export interface OpenPart {
  readonly points: string;
  readonly maturing: string;
  /** Whether it was asked for. */
  readonly isOnItsWay: boolean;
}

/** Reads the open parts out of drops. @param nowMs time of the service: what settles by itself by then is on its way */
export function openParts(
  drops: readonly {
    readonly epoch: number;
    readonly settlesAfter: string;
    readonly parts: readonly {
      readonly rule: { readonly ruleId: number };
      readonly points: string;
      readonly maturing: string;
    }[];
  }[],
  nowMs: number,
): ReadonlyMap<string, OpenPart> {
  return new Map(
    drops.flatMap(({ epoch, settlesAfter, parts }) =>
      parts.map(({ rule, points, maturing }) => {
        const isOnItsWay = Date.parse(settlesAfter) <= nowMs;
        return [`${epoch}:${rule.ruleId}`, { points, maturing, isOnItsWay }] as const;
      }),
    ),
  );
}

/** What else is known of the rows. */
export interface RowContext {
  readonly states: readonly LineState[];
  readonly orders: readonly NamedOrder[];
  /** What is not settled, by "epoch:rule". */
  readonly open: ReadonlyMap<string, OpenPart>;
  readonly moneySymbol: string;
}

/** Says in words what a row of the activity is about. */
export function useRowLooks(context: RowContext): (row: ActivityRow) => RowLook {
  const { t, i18n } = useTranslation('wallet');
  const { nameOf } = useRuleWords();
  const { nameOf: nameOfItem } = useItemWords();
  const language = i18n.language;

  const earnedState = ({ epoch, rule, points }: ActivityRow): RowLook['state'] => {
    const line = context.states.find(
      (each) => each.epoch === epoch && each.rule.ruleId === rule?.ruleId && each.eventId === null,
    );
    if (line === undefined) return { words: '', look: 'plain' };
    const part = context.open.get(`${epoch}:${rule?.ruleId}`);
    if (line.state === 'PENDING' && line.heldBack !== null) {
      return { words: t('state.heldBack'), look: 'waiting' };
    }
    if (line.state === 'PENDING' && part?.isOnItsWay === true) {
      return { words: t('state.onItsWay'), look: 'waiting' };
    }
    if (line.state === 'PENDING' && part !== undefined && part.points !== points) {
      return { words: t('state.part', { amount: showPoints(part.points) }), look: 'plain' };
    }
    // What has no open part is minted, though another line of its day is not.
    if (line.state === 'PENDING' && part === undefined) {
      return { words: t('state.SETTLED'), look: 'final' };
    }
    if (line.state === 'SETTLED' && part !== undefined && !isNone(part.maturing)) {
      return { words: t('state.partRipens', { amount: showPoints(part.maturing) }), look: 'plain' };
    }
    return { words: t(`state.${line.state}`), look: STATE_LOOKS[line.state] };
  };
  const orderOf = ({ orderNumber }: ActivityRow): NamedOrder | undefined =>
    context.orders.find(({ number }) => number === orderNumber);

  return (row) => {
    const { kind, rule, points, money, at, orderNumber, changeNumber, roundNumber } = row;
    const order = orderOf(row);
    const day = showDay(at, language);
    const shared = {
      points: points === null ? null : signed(kind, points),
      to: pathOf(row),
      otherIcon: ICONS[kind],
    };
    if (kind === 'EARNED' && rule !== null) {
      const state = earnedState(row);
      const icon = rule.look?.icon ?? null;
      const title = nameOf(rule);
      return { ...shared, title, note: day, state, icon, otherIcon: iconOfRule(rule) };
    }
    const item = order?.item ?? null;
    const itemName = item === null ? t('kind.order', { number: orderNumber }) : nameOfItem(item);
    const sum = money === null ? '' : `${showMoney(money)} ${context.moneySymbol}`;
    const isWaiting = kind === 'ORDERED' && order?.state === 'OPEN';
    const until = isWaiting ? showDay(order.deadline, language) : '';
    return {
      ...shared,
      ...(item !== null && { otherIcon: iconOfItem(item) }),
      title: t(`kind.${kind}`, { item: itemName, number: changeNumber ?? roundNumber, sum }),
      note: isWaiting ? t('kind.orderUntil', { day: until }) : day,
      state: isWaiting
        ? { words: t('state.waiting'), look: 'waiting' }
        : { words: kind === 'BOUGHT' ? sum : '', look: 'plain' },
      icon: item?.look?.icon ?? null,
    };
  };
}
