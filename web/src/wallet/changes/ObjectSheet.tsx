import { useId, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import {
  fromBase,
  POINT_DECIMALS,
  showPoints,
  sumOfPoints,
  toBase,
} from '../../shared/format/amounts.ts';
import { showDay, showMoment } from '../../shared/format/dates.ts';
import { serviceNowMs } from '../../shared/clock/serviceClock.ts';
import { TransactionStatus } from '../../shared/transactions/TransactionStatus.tsx';
import { useWrite, useWrites } from '../../shared/transactions/useWrite.ts';
import { Sheet } from '../../shared/ui/Sheet.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { actingAccount, writtenFor } from '../writes/actingAccount.ts';
import { useWhyNot } from '../writes/useWhyNot.ts';
import type { ChangeParts } from './data/queries.ts';
import { ObjectMutation, type ChangeView } from './data/queries.ts';
import { typedPoints } from './typedPoints.ts';

/** Points that can object: those of the account that the member acts with. */
const ownPoints = ({ member }: ChangeView): bigint => {
  const acting = member === null ? null : actingAccount(member);
  const mine = member?.balance.accounts.find(({ account }) => account === acting);
  return toBase(mine?.settled ?? '0', POINT_DECIMALS);
};

const show = (units: bigint): string => fromBase(units, POINT_DECIMALS);

function Costs({ viewer, change }: ChangeParts): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const points = usePointName();
  const { noticeEndsAt, firstEligibleRound, target } = change;
  const until = showMoment(noticeEndsAt, i18n.language);
  const isOpen = viewer.program.currentRound?.state === 'OPEN';
  const day = showDay(noticeEndsAt, i18n.language);
  return (
    <>
      <p>{t('changes.sheet.costs', { points, until })}</p>
      {isOpen && (
        <p>
          {t('changes.sheet.roundOpen')}
          {firstEligibleRound !== null &&
            `${t('between')}${target === 'BUYBACK' ? t('changes.sheet.oneMore', { day }) : t('changes.sheet.oneMoreRules', { day })}`}
        </p>
      )}
    </>
  );
}

function AmountChoice({
  text,
  onChoose,
  most,
  lacking,
  error,
}: {
  readonly text: string;
  readonly onChoose: (text: string) => void;
  readonly most: bigint;
  /** What strikes the change down together with what objects so far. */
  readonly lacking: bigint;
  readonly error: string | null;
}): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const id = useId();
  const chips = [
    ...(lacking > 0n && lacking < most ? [{ key: 'enough', units: lacking } as const] : []),
    ...(most > 1n ? [{ key: 'half', units: most / 2n } as const] : []),
    { key: 'all', units: most } as const,
  ];
  return (
    <div className="amount-choice">
      <label htmlFor={id}>{t('changes.sheet.howMany', { points })}</label>
      <input
        id={id}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        aria-invalid={error !== null}
        aria-describedby={`${id}-note`}
        onChange={({ currentTarget }) => onChoose(currentTarget.value)}
      />
      <p id={`${id}-note`} className={error === null ? '' : 'is-wrong'}>
        {error ?? t('changes.sheet.have', { amount: showPoints(show(most)), points })}
      </p>
      <div className="amount-chips">
        {chips.map(({ key, units }) => (
          <button
            key={key}
            type="button"
            className="amount-chip"
            aria-pressed={typedPoints(text) === units}
            onClick={() => onChoose(show(units))}
          >
            {t(`changes.sheet.chip.${key}`, { amount: showPoints(show(units)) })}
          </button>
        ))}
      </div>
    </div>
  );
}

/** Why it is not possible to object; null while it is. */
function useHindrance({ viewer, change }: ChangeParts): string | null {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  if (change.objectionsNeeded === null || Date.parse(change.noticeEndsAt) <= serviceNowMs()) {
    return t('changes.sheet.over');
  }
  return ownPoints(viewer) === 0n ? t('changes.sheet.nothing', { points }) : null;
}

function ObjectForm(parts: ChangeParts & { readonly hasSent: boolean }): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const writes = useWrites();
  const { viewer, change, hasSent } = parts;
  const whyNot = useWhyNot(change.stale);
  const most = ownPoints(viewer);
  const [text, setText] = useState(() => show(most));
  const needed = change.objectionsNeeded ?? '0';
  const lacking = toBase(needed, POINT_DECIMALS) - toBase(change.objections, POINT_DECIMALS);
  const units = typedPoints(text);
  const isTooMuch = units !== null && units > most;
  const error =
    units === null
      ? t('changes.sheet.noAmount')
      : isTooMuch
        ? t('changes.sheet.tooMuch', { amount: showPoints(show(most)), points })
        : null;
  const together = {
    amount: showPoints(show(units ?? 0n)),
    ...{ objections: showPoints(change.objections), needed: showPoints(needed) },
    sum: showPoints(sumOfPoints([change.objections, show(units ?? 0n)])),
  };
  return (
    <form
      className="object-form"
      onSubmit={(event) => {
        event.preventDefault();
        const { member } = viewer;
        if (units === null || isTooMuch || hasSent || whyNot !== null || member === null) return;
        const by = writtenFor(member, actingAccount(member));
        writes.start({
          ...{ name: `changeObject:${change.number}`, kind: 'changeObject' },
          document: ObjectMutation,
          input: { change: change.number, amount: show(units), ...by },
        });
      }}
    >
      <AmountChoice text={text} onChoose={setText} most={most} lacking={lacking} error={error} />
      {error === null && units !== null && (
        <p className="object-does">
          {t('changes.sheet.does', together)}
          {t('between')}
          <strong>
            {units >= lacking ? t('changes.sheet.strikes') : t('changes.sheet.notYet', together)}
          </strong>
        </p>
      )}
      <Costs {...parts} />
      <p className="why-off is-wrong">{whyNot}</p>
      <div className="actions">
        <button
          className="button"
          type="submit"
          disabled={error !== null || whyNot !== null || hasSent}
        >
          {t('changes.sheet.object', { amount: together.amount })}
        </button>
      </div>
    </form>
  );
}

/** Objects to a change: how much, what it does, what it costs and until when. */
export function ObjectSheet({
  onClose,
  ...parts
}: ChangeParts & { readonly onClose: () => void }): JSX.Element {
  const { t } = useTranslation('wallet');
  const name = `changeObject:${parts.change.number}`;
  const writes = useWrites();
  const write = useWrite(name);
  const hindrance = useHindrance(parts);
  const mayTryAgain = write === null || write.phase === 'refused' || write.phase === 'failed';
  const close = (): void => {
    writes.dismiss(name);
    onClose();
  };
  return (
    <Sheet title={t('changes.sheet.title')} onClose={close}>
      {write !== null && <TransactionStatus name={name} />}
      {write?.phase === 'done' && <p className="sheet-words">{t('changes.sheet.done')}</p>}
      {mayTryAgain && hindrance === null && <ObjectForm {...parts} hasSent={!mayTryAgain} />}
      {mayTryAgain && hindrance !== null && <p className="sheet-words">{hindrance}</p>}
      {(!mayTryAgain || hindrance !== null) && (
        <div className="actions">
          <button className="button quiet" type="button" onClick={close}>
            {t('changes.sheet.close')}
          </button>
        </div>
      )}
    </Sheet>
  );
}
