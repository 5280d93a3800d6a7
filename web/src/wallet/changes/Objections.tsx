import { useLayoutEffect, useRef, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { POINT_DECIMALS, showPoints, sumOfPoints, toBase } from '../../shared/format/amounts.ts';
import { showMoment } from '../../shared/format/dates.ts';
import { useServiceNow } from '../../shared/clock/useServiceNow.ts';
import { TransactionStatus } from '../../shared/transactions/TransactionStatus.tsx';
import { useWrite, useWrites } from '../../shared/transactions/useWrite.ts';
import { usePointName } from '../shell/useProgram.ts';
import { useOnline } from '../shell/wallet.ts';
import { writtenFor, type WrittenFor } from '../writes/actingAccount.ts';
import { ReleaseMutation, type ChangeView, type WholeChange } from './data/queries.ts';

const isNone = (points: string): boolean => toBase(points, POINT_DECIMALS) === 0n;

/** What the member has in objection to a change, in all of its accounts, and one of those that it is locked for. */
export function ownObjection(
  { member }: ChangeView,
  number: number,
): { readonly amount: string; readonly locked: string; readonly holder: `0x${string}` | null } {
  const mine = (member?.objections.edges ?? [])
    .map(({ node }) => node)
    .filter(({ changeNumber }) => changeNumber === number);
  return {
    amount: sumOfPoints(mine.map(({ amount }) => amount)),
    locked: sumOfPoints(mine.map(({ locked }) => locked)),
    holder: mine.find(({ locked }) => !isNone(locked))?.holder ?? null,
  };
}

function Bar({ objections, needed }: { readonly objections: string; readonly needed: string }) {
  const { t } = useTranslation('wallet');
  const bar = useRef<HTMLElement>(null);
  const most = toBase(needed, POINT_DECIMALS);
  const part = most === 0n ? 1_000n : (toBase(objections, POINT_DECIMALS) * 1_000n) / most;
  const width = `${Math.min(100, Number(part) / 10)}%`;
  useLayoutEffect(() => {
    bar.current?.style.setProperty('width', width);
  });
  const numbers = { objections: showPoints(objections), needed: showPoints(needed) };
  return (
    <div className="meter objections-meter" role="img" aria-label={t('change.meter', numbers)}>
      <i ref={bar} />
    </div>
  );
}

function Mine({ viewer, change }: { readonly viewer: ChangeView; readonly change: WholeChange }) {
  const { t, i18n } = useTranslation('wallet');
  const points = usePointName();
  const isOnline = useOnline();
  const writes = useWrites();
  const now = useServiceNow();
  const { number, noticeEndsAt, state } = change;
  const { amount, locked, holder } = ownObjection(viewer, number);
  const name = `objectionRelease:${number}`;
  const release = useWrite(name);
  const isUnderWay = release !== null && release.phase !== 'refused' && release.phase !== 'failed';
  if (isNone(amount)) return null;
  const by: WrittenFor =
    viewer.member === null || holder === null ? {} : writtenFor(viewer.member, holder);
  const isReleasable = state === 'WITHDRAWN' || Date.parse(noticeEndsAt) <= now;
  const words = { amount: showPoints(isNone(locked) ? amount : locked), points };
  if (isNone(locked)) return <p className="objections-mine">{t('changes.mine.back', words)}</p>;
  return (
    <div className="objections-mine">
      <p>
        {t('changes.mine.locked', words)}
        {t('between')}
        {isReleasable
          ? t(by.ownWallet === undefined ? 'changes.mine.comesBack' : 'changes.mine.forWallet')
          : t('changes.mine.until', { moment: showMoment(noticeEndsAt, i18n.language) })}
      </p>
      {isReleasable && !isUnderWay && (
        <button
          className="button quiet"
          type="button"
          disabled={!isOnline}
          onClick={() =>
            writes.start({
              ...{ name, kind: 'objectionRelease', document: ReleaseMutation },
              input: { change: number, ...by },
            })
          }
        >
          {t('changes.mine.get')}
        </button>
      )}
      <TransactionStatus name={name} />
    </div>
  );
}

/** Who objects so far, of how much that is needed, and the member's own part. */
export function Objections({
  viewer,
  change,
}: {
  readonly viewer: ChangeView;
  readonly change: WholeChange;
}): JSX.Element | null {
  const { t, i18n } = useTranslation('wallet');
  const points = usePointName();
  const now = useServiceNow();
  const { number, objections, objectionsNeeded, struckDownBy, noticeEndsAt, announcedAt } = change;
  const needed = objectionsNeeded ?? struckDownBy;
  const canObject = objectionsNeeded !== null && Date.parse(noticeEndsAt) > now;
  if (noticeEndsAt === announcedAt) return null;
  const numbers = { objections: showPoints(objections), needed: showPoints(needed ?? '0') };
  return (
    <section className="card" aria-labelledby="who-title">
      <h2 id="who-title">{t('changes.who')}</h2>
      {needed === null ? (
        <p>{t('changes.objectedInAll', { objections: showPoints(objections), points })}</p>
      ) : (
        <>
          <Bar objections={objections} needed={needed} />
          <p className="meter-text">
            <span>{t('change.objected', numbers)}</span>
            {canObject && (
              <span>{t('change.until', { moment: showMoment(noticeEndsAt, i18n.language) })}</span>
            )}
          </p>
        </>
      )}
      {canObject && <p>{t('changes.ifEnough', { needed: numbers.needed, points })}</p>}
      <Mine viewer={viewer} change={change} />
      <TransactionStatus name={`changeObject:${number}`} />
      {canObject && viewer.member !== null && (
        <div className="actions">
          <Link className="button" href={`/rules/changes/${number}/object`}>
            {t('change.object')}
          </Link>
        </div>
      )}
    </section>
  );
}
