import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { serviceNowMs } from '../../shared/clock/serviceClock.ts';
import { showPoints, toBase, POINT_DECIMALS } from '../../shared/format/amounts.ts';
import { showDay } from '../../shared/format/dates.ts';
import { DropIcon, LookIcon } from '../../shared/ui/icons.tsx';
import { Empty, useErrorWords } from '../../shared/ui/States.tsx';
import { iconOfRule, useRuleWords } from '../points/ruleWords.ts';
import { Loaded, Page } from '../shell/Page.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { useCanAct, useWallet } from '../shell/wallet.ts';
import { readBranch, type Branch, type BranchDrop } from './data/branch.ts';
import type { HomeView } from './data/queries.ts';
import { useCollect, type Collecting } from './data/useCollect.ts';
import { useHome } from './data/useHome.ts';
import './cards.css';

const LINES = [48, 220];

function ListRow({
  drop,
  canCollect,
  onCollect,
}: {
  readonly drop: BranchDrop;
  readonly canCollect: boolean;
  readonly onCollect: () => void;
}): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const { nameOf } = useRuleWords();
  const { rule, points, kind, ripeAt, closesAt } = drop;
  const day = showDay(ripeAt ?? closesAt, i18n.language);
  return (
    <li>
      <div className="row">
        <span className="row-icon">
          <LookIcon icon={rule.look?.icon} otherwise={iconOfRule(rule)} />
        </span>
        <span>
          <span className="row-title">{nameOf(rule)}</span>
          <span className="row-note">
            {kind === 'ready' && t('list.count', { count: drop.count })}
            {kind === 'ripening' && t('drop.ripe', { day })}
            {kind === 'heldBack' && t('list.heldBack', { day })}
          </span>
        </span>
        {kind === 'ready' ? (
          <button className="button quiet" type="button" disabled={!canCollect} onClick={onCollect}>
            {t('list.collect', { amount: showPoints(points) })}
          </button>
        ) : (
          <span className="row-value">{showPoints(points)}</span>
        )}
      </div>
    </li>
  );
}

/** What collecting is about to do, did, or could not do. */
function useCollecting(branch: Branch): Collecting & { readonly canCollect: boolean } {
  const { t } = useTranslation('wallet');
  const { say, host } = useWallet();
  const canAct = useCanAct();
  const collecting = useCollect();
  return {
    ...collecting,
    canCollect: canAct && !collecting.isAsking,
    collect: (when) => {
      say(t('said.onItsWay', { amount: showPoints(branch.ready) }));
      host.post({ type: 'collected', points: branch.ready, final: false });
      collecting.collect(when);
    },
  };
}

function List({ viewer }: { readonly viewer: HomeView }): JSX.Element {
  const { t } = useTranslation('wallet');
  const errorWords = useErrorWords();
  const points = usePointName();
  const branch = readBranch(viewer.member?.drops ?? [], serviceNowMs());
  const { canCollect, isAsking, failed, collect } = useCollecting(branch);
  const isSome = (amount: string): boolean => toBase(amount, POINT_DECIMALS) > 0n;
  if (branch.hanging.length === 0 && !isSome(branch.onItsWay)) {
    return <Empty picture={<DropIcon />} words={t('list.empty', { points })} />;
  }
  return (
    <>
      {isSome(branch.ready) && (
        <button
          className="button"
          type="button"
          disabled={!canCollect}
          onClick={() => collect('now')}
        >
          {isAsking ? t('list.asking') : t('collectAll', { amount: showPoints(branch.ready) })}
        </button>
      )}
      {failed !== null && (
        <p className="bar bad">{t('collectFailed', { why: errorWords(failed) })}</p>
      )}
      <section className="card">
        <ul className="rows">
          {branch.hanging.map((drop) => (
            <ListRow
              key={drop.key}
              drop={drop}
              canCollect={canCollect}
              onCollect={() => collect('now')}
            />
          ))}
          {isSome(branch.onItsWay) && (
            <li>
              <div className="row">
                <span className="row-icon">
                  <LookIcon icon={null} otherwise="drop" />
                </span>
                <span>
                  <span className="row-title">{t('balance.onItsWay')}</span>
                  <span className="row-note">{t('list.onItsWay')}</span>
                </span>
                <span className="row-value">{showPoints(branch.onItsWay)}</span>
              </div>
            </li>
          )}
        </ul>
      </section>
      <p className="promise">{t('list.oneAsks', { points })}</p>
    </>
  );
}

/** The branch without pictures and motion: one row a drop. */
export function ListPage(): JSX.Element {
  const { t } = useTranslation('wallet');
  const home = useHome();
  return (
    <Page title={t('list.title')} back="/">
      <Loaded polled={home} lines={LINES} isStale={home.data?.member?.balance.stale ?? false}>
        {(viewer) => <List viewer={viewer} />}
      </Loaded>
    </Page>
  );
}
