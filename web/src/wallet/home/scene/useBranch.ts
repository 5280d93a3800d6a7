import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { showPoints, sumOfPoints } from '../../../shared/format/amounts.ts';
import { serviceNowMs } from '../../../shared/clock/serviceClock.ts';
import { useCanAct, useWallet } from '../../shell/wallet.ts';
import { readBranch, type BranchDrop } from '../data/branch.ts';
import { fall, fallDelayMs, shake } from './motion.ts';
import type { HomeMember } from '../data/queries.ts';
import { useCollect } from '../data/useCollect.ts';

/** The branch with what the member does to it. */
export interface LiveBranch {
  /** Drops to draw: what hangs, and what is falling. */
  readonly drawn: readonly BranchDrop[];
  readonly falling: ReadonlySet<string>;
  /** What can be collected still. */
  readonly ready: string;
  /** What was asked for, here or before. */
  readonly onItsWay: string;
  /** Code of why collecting did not work; null for none. */
  readonly failed: string | null;
  tap(drop: BranchDrop, element: HTMLElement): void;
  collectAll(): void;
}

const isReady = ({ kind }: BranchDrop): boolean => kind === 'ready';
/** Element of a drop in the scene. */
const elementOf = (scene: HTMLElement | null, key: string): HTMLElement | null =>
  scene?.querySelector<HTMLElement>(`[data-key="${key}"]`) ?? null;

/** Moves the focus from a drop that falls to the next one that stays, or to what is on its way. @param going keys of all that fall */
function passFocus(
  scene: HTMLElement | null,
  from: HTMLElement,
  going: ReadonlySet<string | undefined>,
): void {
  if (document.activeElement !== from) return;
  const left = [...(scene?.querySelectorAll<HTMLElement>('.drop.ready:not([disabled])') ?? [])];
  const next = left.find(({ dataset }) => !going.has(dataset['key']));
  const onItsWay = scene?.parentElement?.querySelector<HTMLElement>('.on-its-way');
  (next ?? onItsWay)?.focus();
}

/**
 * Follows the branch: taps, falls, and what the service says of them. A drop that was tapped is asked for by the next call; when
 * the call does not work it hangs again.
 *
 * @param askedAt moment at which `drops` were asked for
 * @param openDrop explains a drop that can not be collected
 */
export function useBranch(
  drops: HomeMember['drops'],
  askedAt: number,
  scene: RefObject<HTMLElement | null>,
  openDrop: (drop: BranchDrop) => void,
): LiveBranch {
  const { t } = useTranslation('wallet');
  const { say, host } = useWallet();
  const canAct = useCanAct();
  const { failed, takenAt, isAsking, collect } = useCollect();
  const branch = useMemo(() => readBranch(drops, serviceNowMs()), [drops]);
  const [tapped, setTapped] = useState<ReadonlySet<string>>(new Set());
  const [falling, setFalling] = useState<ReadonlyMap<string, BranchDrop>>(new Map());
  const before = useRef<readonly BranchDrop[]>([]);

  const letFall = useCallback(
    (drop: BranchDrop, element: HTMLElement | null, going: ReadonlySet<string>) => {
      const { key } = drop;
      if (element === null || scene.current === null) return;
      passFocus(scene.current, element, going);
      setFalling((all) => new Map(all).set(key, drop));
      void fall(element, scene.current, `+${showPoints(drop.points)}`).finally(() =>
        setFalling((all) => new Map([...all].filter(([other]) => other !== key))),
      );
    },
    [scene],
  );

  // What the service says is on its way leaves the branch by itself: it is drawn until it falls.
  const now = new Set(branch.hanging.map(({ key }) => key));
  const leaving = before.current.filter(
    (drop) => isReady(drop) && !now.has(drop.key) && !tapped.has(drop.key),
  );
  useEffect(() => {
    before.current = branch.hanging;
    // One of them would lose the focus again as soon as it had it.
    const going = new Set(leaving.map(({ key }) => key));
    for (const drop of leaving) letFall(drop, elementOf(scene.current, drop.key), going);
    if (tapped.size > 0 && !isAsking && takenAt > 0 && askedAt > takenAt) setTapped(new Set());
  }, [branch, askedAt, takenAt, isAsking, tapped, letFall, scene]);
  useEffect(() => {
    if (failed !== null) setTapped(new Set());
  }, [failed]);

  const ask = (chosen: readonly BranchDrop[], when: 'soon' | 'now'): void => {
    const points = sumOfPoints(chosen.map((drop) => drop.points));
    setTapped((all) => new Set([...all, ...chosen.map(({ key }) => key)]));
    say(t('said.onItsWay', { amount: showPoints(points) }));
    host.post({ type: 'collected', points, final: false });
    collect(when);
  };
  const left = branch.hanging.filter(({ key }) => !tapped.has(key));
  const ready = left.filter(isReady);
  const asked = branch.hanging.filter((drop) => isReady(drop) && tapped.has(drop.key));
  return {
    drawn: [...[...left, ...leaving].filter(({ key }) => !falling.has(key)), ...falling.values()],
    falling: new Set(falling.keys()),
    ready: sumOfPoints(ready.map(({ points }) => points)),
    onItsWay: sumOfPoints([branch.onItsWay, ...asked.map(({ points }) => points)]),
    failed,
    tap: (drop, element) => {
      if (!isReady(drop)) return openDrop(drop);
      if (!canAct) {
        say(t(navigator.onLine ? 'session.expired' : 'said.noConnection'));
        return void shake(element);
      }
      letFall(drop, element, new Set([drop.key]));
      ask([drop], 'soon');
    },
    collectAll: () => {
      if (!canAct) return;
      ask(ready, 'now');
      const elements = ready.map((drop) => [drop, elementOf(scene.current, drop.key)] as const);
      const drawn = elements.filter(([, element]) => element !== null);
      const going = new Set(ready.map(({ key }) => key));
      setFalling((all) => new Map([...all, ...drawn.map(([drop]) => [drop.key, drop] as const)]));
      for (const [index, [drop, element]] of drawn.entries()) {
        setTimeout(() => letFall(drop, element, going), fallDelayMs(index, drawn.length));
      }
      scene.current?.parentElement?.querySelector<HTMLElement>('.on-its-way')?.focus();
    },
  };
}
