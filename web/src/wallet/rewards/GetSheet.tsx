import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showPoints } from '../../shared/format/amounts.ts';
import { usePoller } from '../../shared/polling/usePolled.ts';
import { useWrite, useWrites } from '../../shared/transactions/useWrite.ts';
import { Sheet } from '../../shared/ui/Sheet.tsx';
import { useItemWords } from '../../shared/items/itemWords.ts';
import { usePointName } from '../shell/useProgram.ts';
import { actingAccount, writtenFor } from '../writes/actingAccount.ts';
import { useWhyNot } from '../writes/useWhyNot.ts';
import { Placed } from './Placed.tsx';
import { RedeemMutation, type FullItem, type ItemView } from './queries.ts';
import { isAbove, mostPieces, spendableOf, costOf } from './spending.ts';

function Pieces({
  quantity,
  most,
  onChoose,
}: {
  readonly quantity: number;
  readonly most: number;
  readonly onChoose: (quantity: number) => void;
}) {
  const { t } = useTranslation('wallet');
  return (
    <div className="pieces" role="group" aria-label={t('rewards.sheet.howMany')}>
      <span className="pieces-title">{t('rewards.sheet.howMany')}</span>
      <button
        className="icon-button step"
        type="button"
        aria-label={t('rewards.sheet.fewer')}
        disabled={quantity <= 1}
        onClick={() => onChoose(quantity - 1)}
      >
        {'\u2212'}
      </button>
      <output className="pieces-number" aria-live="polite">
        {quantity}
      </output>
      <button
        className="icon-button step"
        type="button"
        aria-label={t('rewards.sheet.more')}
        disabled={quantity >= most}
        onClick={() => onChoose(quantity + 1)}
      >
        +
      </button>
    </div>
  );
}

/** The price is above the one that was shown: nothing goes on before the member says so. */
function PriceUp({
  price,
  before,
  onAgree,
}: {
  readonly price: string;
  readonly before: string;
  readonly onAgree: () => void;
}) {
  const { t } = useTranslation('wallet');
  const values = { price: showPoints(price), before: showPoints(before) };
  return (
    <div className="price-up" role="alert">
      <h3>{t('rewards.sheet.priceUp')}</h3>
      <p>{t('rewards.sheet.priceUpWords', values)}</p>
      <div className="actions">
        <button className="button" type="button" onClick={onAgree}>
          {t('rewards.sheet.priceUpGo', values)}
        </button>
      </div>
    </div>
  );
}

interface GetParts {
  readonly viewer: ItemView;
  readonly item: FullItem;
}

function GetForm({
  viewer,
  item,
  agreed,
  onAgree,
}: GetParts & {
  /** The price of one piece that the member saw and goes on with. */
  readonly agreed: string;
  readonly onAgree: (price: string) => void;
}) {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const writes = useWrites();
  const poller = usePoller();
  const whyNot = useWhyNot(viewer.member?.balance.stale ?? false);
  const [chosen, setQuantity] = useState(1);
  const { here } = spendableOf(viewer.member);
  if (isAbove(item.price, agreed)) {
    return <PriceUp price={item.price} before={agreed} onAgree={() => onAgree(item.price)} />;
  }
  const most = mostPieces(item.price, item.stock, here);
  const quantity = Math.max(1, Math.min(chosen, most));
  const { sum, stays } = costOf(item.price, quantity, here);
  const get = (): void => {
    const { member } = viewer;
    if (member === null) return;
    const by = writtenFor(member, actingAccount(member));
    const input = { item: item.number, quantity, maxPrice: item.price, ...by };
    const name = `itemRedeem:${item.number}`;
    writes.start({ name, kind: 'itemRedeem', document: RedeemMutation, input });
    poller.quicken();
  };
  if (most === 0) {
    return (
      <p className="sheet-note">
        {item.available
          ? t('rewards.tooFew', {
              points,
              missing: showPoints(stays.replace('-', '')),
              price: showPoints(item.price),
              settled: showPoints(here),
            })
          : t('rewards.noneLeft')}
      </p>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        get();
      }}
    >
      <Pieces quantity={quantity} most={most} onChoose={setQuantity} />
      <dl className="get-sum">
        <div>
          <dt>{t('rewards.sheet.sum')}</dt>
          <dd>
            {showPoints(sum)} {points}
          </dd>
        </div>
        <div>
          <dt>{t('rewards.sheet.stays')}</dt>
          <dd>
            {showPoints(stays)} {points}
          </dd>
        </div>
      </dl>
      <p className="sheet-note">{t('rewards.sheet.aside', { points })}</p>
      <p className="why-off sheet-note">{whyNot}</p>
      <button className="button whole" type="submit" disabled={whyNot !== null}>
        {t('rewards.get', { price: showPoints(sum) })}
      </button>
    </form>
  );
}

/** Orders an item: how many, for how much, and what stays. Never for more than the price that it shows. */
export function GetSheet({
  viewer,
  item,
  onClose,
}: GetParts & { readonly onClose: () => void }): JSX.Element {
  const { t } = useTranslation('wallet');
  const { nameOf } = useItemWords();
  const write = useWrite(`itemRedeem:${item.number}`);
  const [agreed, setAgreed] = useState(item.price);
  const writes = useWrites();
  const isDearer = isAbove(item.price, agreed);
  const agree = (price: string): void => {
    writes.dismiss(`itemRedeem:${item.number}`);
    setAgreed(price);
  };
  const mayBegin = write === null || write.phase === 'refused' || write.phase === 'failed';
  return (
    <Sheet title={nameOf(item)} onClose={onClose}>
      {write !== null && !(mayBegin && isDearer) && <Placed viewer={viewer} write={write} />}
      {mayBegin && <GetForm {...{ viewer, item, agreed }} onAgree={agree} />}
      {!mayBegin && (
        <div className="actions">
          <button className="button quiet" type="button" onClick={onClose}>
            {t('rewards.sheet.close')}
          </button>
        </div>
      )}
    </Sheet>
  );
}
