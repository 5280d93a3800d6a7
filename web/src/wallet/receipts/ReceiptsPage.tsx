import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showPoints } from '../../shared/format/amounts.ts';
import { LookIcon, RulesIcon } from '../../shared/ui/icons.tsx';
import { Empty } from '../../shared/ui/States.tsx';
import { When } from '../../shared/ui/Values.tsx';
import { Loaded, Page } from '../shell/Page.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { useAskedOnce } from '../asking/useAskedOnce.ts';
import { useWallet } from '../shell/wallet.ts';
import { allReceipts, type ListedReceipt } from './allReceipts.ts';
import { saveReceipts } from './saveReceipts.ts';

type Receipts = readonly ListedReceipt[];
const LINES = [130, 60, 60, 60];

function Rows({ receipts }: { readonly receipts: Receipts }): JSX.Element {
  const { t } = useTranslation('wallet');
  const { say } = useWallet();
  return (
    <section className="card">
      <ul className="rows">
        {receipts.map(({ receipt, day, isFinal }) => (
          <li key={receipt.epoch}>
            <div className="row">
              <span className="row-icon">
                <LookIcon icon={null} otherwise="drop" />
              </span>
              <span>
                <span className="row-title">
                  <When iso={day} part="day" />
                </span>
                <span className="row-note">
                  {isFinal ? t('receipts.final') : t('receipts.open')}
                </span>
              </span>
              <button
                className="button quiet"
                type="button"
                onClick={() => {
                  saveReceipts([receipt], `receipt-${day.slice(0, 10)}`);
                  say(t('receipts.saved'));
                }}
              >
                {t('receipts.save', { amount: showPoints(receipt.pointsEarned) })}
              </button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Proofs to keep: with one, anybody can have the points put on the chain, also when this service is gone. */
export function ReceiptsPage(): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const { say } = useWallet();
  const receipts = useAskedOnce(allReceipts);
  return (
    <Page title={t('receipts.title')} back="/me">
      <Loaded polled={receipts} lines={LINES} onAgain={receipts.again}>
        {(all) =>
          all.length === 0 ? (
            <Empty picture={<RulesIcon />} words={t('receipts.empty', { points })} />
          ) : (
            <>
              <section className="card">
                <p>{t('receipts.why')}</p>
                <div className="actions">
                  <button
                    className="button"
                    type="button"
                    onClick={() => {
                      saveReceipts(
                        all.map(({ receipt }) => receipt),
                        'receipts',
                      );
                      say(t('receipts.saved'));
                    }}
                  >
                    {t('receipts.all', { count: all.length })}
                  </button>
                </div>
              </section>
              <Rows receipts={all} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
