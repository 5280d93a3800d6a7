import { useEffect, useRef, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { showPoints, toBase, POINT_DECIMALS } from '../../../shared/format/amounts.ts';
import { ListIcon, SceneIcon } from '../../../shared/ui/icons.tsx';
import { useErrorWords } from '../../../shared/ui/States.tsx';
import { Header } from '../../shell/Header.tsx';
import { useCanAct, useWallet } from '../../shell/wallet.ts';
import { MOST_DROPS, placesOf, type BranchDrop } from '../data/branch.ts';
import { DropButton } from './DropButton.tsx';
import { DropSheet } from './DropSheet.tsx';
import { Landscape, Shapes, Waves } from './Landscape.tsx';
import { wideRing } from './motion.ts';
import { Pool } from './Pool.tsx';
import type { HomeMember } from '../data/queries.ts';
import { useAsleep } from './useAsleep.ts';
import { useBranch, type LiveBranch } from './useBranch.ts';
import { useHome } from '../data/useHome.ts';
import { useWaitNote } from './useWaitNote.ts';
import './scene.css';

/** Of a member without any action: all zeros, as the API says by having no member. */
const NOTHING: HomeMember['balance'] = {
  ...{ settled: '0.00', pending: '0.00', maturing: '0.00', locked: '0.00' },
  ...{ tendered: '0.00', objected: '0.00', ordered: '0.00', asOfBlock: 0, stale: false },
};
const NO_DROPS: HomeMember['drops'] = [];

const isSome = (points: string): boolean => toBase(points, POINT_DECIMALS) > 0n;

/** Tells the app around the frame, and the member, when the chain has what was collected. */
function useFinalNews(
  balance: HomeMember['balance'] | null,
  scene: React.RefObject<HTMLElement | null>,
) {
  const { t } = useTranslation('wallet');
  const { host, say } = useWallet();
  const before = useRef<HomeMember['balance'] | null>(null);
  useEffect(() => {
    const last = before.current;
    before.current = balance ?? last;
    if (balance === null || balance.settled === last?.settled) return;
    host.post({ type: 'balance', points: balance.settled });
    if (last === null) return;
    const grown = toBase(balance.settled, 2) - toBase(last.settled, 2);
    // Points that come back from an escrow grow it too, and are no news of a drop.
    const settled = toBase(last.pending, 2) - toBase(balance.pending, 2);
    if (grown <= 0n || settled <= 0n) return;
    if (scene.current !== null) wideRing(scene.current);
    say(t('said.final', { amount: showPoints(balance.settled) }));
    host.post({ type: 'collected', points: balance.settled, final: true });
  }, [balance, host, say, scene, t]);
}

/** `C` collects all while no field has the focus. */
function useCollectKey(isOn: boolean, collectAll: () => void): void {
  useEffect(() => {
    if (!isOn) return undefined;
    const press = (event: KeyboardEvent): void => {
      const isField =
        event.target instanceof Element && event.target.closest('input, textarea, select, dialog');
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (event.key.toLowerCase() === 'c' && isPlain && isField === null) collectAll();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}

function Drops({ branch }: { readonly branch: LiveBranch }): JSX.Element {
  const { t } = useTranslation('wallet');
  const { drawn } = branch;
  const isCrowded = drawn.length > 4;
  const shown = drawn.slice(0, drawn.length > MOST_DROPS ? MOST_DROPS - 1 : MOST_DROPS);
  const places = placesOf([
    ...shown.map(({ key }) => key),
    ...(shown.length < drawn.length ? ['more'] : []),
  ]);
  const more = places.get('more');
  const moreDrop = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    moreDrop.current?.style.setProperty('--x', `${more?.x ?? 0}%`);
    moreDrop.current?.style.setProperty('--y', `${more?.y ?? 0}px`);
  });
  return (
    <ul className="drops" aria-label={t('drop.list')}>
      {shown.map((drop, index) => (
        <li key={drop.key}>
          <DropButton
            drop={drop}
            index={index}
            place={places.get(drop.key) ?? { x: 50, y: 150 }}
            isCrowded={isCrowded}
            isFalling={branch.falling.has(drop.key)}
            onTap={branch.tap}
          />
        </li>
      ))}
      {more !== undefined && (
        <li>
          <Link className="drop more-drops" href="/list" ref={moreDrop}>
            {t('drop.more', { count: drawn.length - shown.length })}
          </Link>
        </li>
      )}
    </ul>
  );
}

/** Sky, branch, drops and the pool. @param isWhole false for the head of other pages on a phone */
export function Hero({ isWhole }: { readonly isWhole: boolean }): JSX.Element {
  const { t } = useTranslation('wallet');
  if (isWhole) return <WholeHero />;
  return (
    <section className="hero bare" aria-label={t('title')}>
      <Header />
    </section>
  );
}

function WholeHero(): JSX.Element {
  const { t } = useTranslation('wallet');
  const errorWords = useErrorWords();
  const [path] = useLocation();
  const scene = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<BranchDrop | null>(null);
  const isAsleep = useAsleep(scene);
  const { data, askedAt } = useHome();
  const member = data?.member ?? null;
  const balance = data === null ? null : (data.member?.balance ?? NOTHING);
  const branch = useBranch(member?.drops ?? NO_DROPS, askedAt ?? 0, scene, setOpened);
  const note = useWaitNote(branch);
  useFinalNews(balance, scene);
  const canCollect = isSome(branch.ready);
  const canAct = useCanAct();
  useCollectKey(canCollect && canAct, branch.collectAll);
  const isList = path === '/list';
  return (
    <section className={`hero${isAsleep ? ' asleep' : ''}`} aria-label={t('title')}>
      <Shapes />
      <div className="scene" ref={scene}>
        <Landscape />
        <Header>
          <Link
            className="icon-button"
            href={isList ? '/' : '/list'}
            aria-label={isList ? t('showScene') : t('showList')}
          >
            {isList ? <SceneIcon /> : <ListIcon />}
          </Link>
        </Header>
        {branch.drawn.length > 0 && <Drops branch={branch} />}
      </div>
      <div className="pool">
        <Waves />
        {canCollect && (
          <button
            className="button collect"
            type="button"
            disabled={!canAct}
            onClick={branch.collectAll}
          >
            {t('collectAll', { amount: showPoints(branch.ready) })}
          </button>
        )}
        <Pool
          balance={balance}
          onItsWay={branch.onItsWay}
          note={
            branch.failed === null ? note : t('collectFailed', { why: errorWords(branch.failed) })
          }
        />
      </div>
      {opened !== null && <DropSheet drop={opened} onClose={() => setOpened(null)} />}
    </section>
  );
}
