import { Button } from '@mantine/core';
import { useCallback, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoment } from '../../../shared/format/dates.ts';
import { usePoller } from '../../../shared/polling/usePolled.ts';
import { TransactionStatus } from '../../../shared/transactions/TransactionStatus.tsx';
import { ActButton } from '../../access/ActButton.tsx';
import { useFocusTurn } from '../../parts/useFocusHere.ts';
import { useAct } from '../../writes/useAct.ts';
import { ItemKeep, ItemWithdraw, type WholeItem } from './queries.ts';

/** Takes an item out of the catalogue after the notice, or keeps it while that still runs. */
export function ItemWithdrawPart({
  item,
  noticeEndsAt,
}: {
  readonly item: WholeItem;
  readonly noticeEndsAt: string;
}): JSX.Element {
  const { t, i18n } = useTranslation('catalogue');
  const poller = usePoller();
  const { number, withdrawnAt, stale } = item;
  const [isAsked, setAsked] = useState(false);
  const place = useFocusTurn<HTMLElement>(isAsked, 'h3');
  const names = { withdraw: `itemWithdraw:${number}`, keep: `itemWithdrawalCancel:${number}` };
  const look = useCallback(() => {
    setAsked(false);
    poller.quicken();
  }, [poller]);
  const withdraw = useAct(
    { name: names.withdraw, kind: 'itemWithdraw', document: ItemWithdraw },
    look,
  );
  const keep = useAct({ name: names.keep, kind: 'itemWithdrawalCancel', document: ItemKeep }, look);
  const isUnderWay = withdraw.isUnderWay || keep.isUnderWay;
  const barrier = stale ? t('item.stale') : null;
  const at = (iso: string): string => showMoment(iso, i18n.language);
  return (
    <section className="part item-form" aria-labelledby="item-withdraw" ref={place}>
      <h3 id="item-withdraw" tabIndex={-1}>
        {t('withdraw.title')}
      </h3>
      {withdrawnAt === null ? (
        <>
          <p className="item-effect">{t('withdraw.words', { at: at(noticeEndsAt) })}</p>
          {isAsked ? (
            <div className="item-row-acts">
              <ActButton
                needs="MANAGER"
                className="danger-fill"
                barrier={barrier}
                disabled={isUnderWay}
                onClick={() => withdraw.start({ item: number })}
              >
                {t('withdraw.now')}
              </ActButton>
              <Button variant="default" disabled={isUnderWay} onClick={() => setAsked(false)}>
                {t('withdraw.leave')}
              </Button>
            </div>
          ) : (
            <ActButton
              needs="MANAGER"
              variant="default"
              className="danger"
              barrier={barrier}
              disabled={isUnderWay}
              onClick={() => setAsked(true)}
            >
              {t('withdraw.go')}
            </ActButton>
          )}
        </>
      ) : (
        <>
          <p className="item-effect waits">{t('withdraw.runs', { at: at(withdrawnAt) })}</p>
          <ActButton
            needs="MANAGER"
            variant="default"
            barrier={barrier}
            disabled={isUnderWay}
            onClick={() => keep.start({ item: number })}
          >
            {t('withdraw.keep')}
          </ActButton>
        </>
      )}
      <TransactionStatus name={withdrawnAt === null ? names.withdraw : names.keep} />
    </section>
  );
}
