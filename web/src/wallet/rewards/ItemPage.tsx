import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { serviceNowMs } from '../../shared/clock/serviceClock.ts';
import { useServiceClock } from '../../shared/clock/useServiceClock.ts';
import { showPoints, toBase, POINT_DECIMALS } from '../../shared/format/amounts.ts';
import { showMoment } from '../../shared/format/dates.ts';
import { usePolled } from '../../shared/polling/usePolled.ts';
import { useWrite, useWrites } from '../../shared/transactions/useWrite.ts';
import { useDurationWords } from '../../shared/ui/time/useDurationWords.ts';
import { useItemWords } from '../../shared/items/itemWords.ts';
import { Loaded, Page } from '../shell/Page.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { useWhyNot } from '../writes/useWhyNot.ts';
import { GetSheet } from './GetSheet.tsx';
import { ItemPicture } from './ItemPicture.tsx';
import { OrderRecordCard } from './OrderRecordCard.tsx';
import { Placed } from './Placed.tsx';
import { ItemQuery, type FullItem, type ItemView } from './queries.ts';
import { missingFor, spendableOf } from './spending.ts';
import './rewards.css';

const LINES = [190, 150, 130];
const MS_PER_SECOND = 1_000;

interface ItemParts {
  readonly viewer: ItemView;
  readonly item: FullItem;
}

const isOver = ({ withdrawnAt }: FullItem): boolean =>
  withdrawnAt !== null && Date.parse(withdrawnAt) <= serviceNowMs();

/** What is going to happen to the item, and what happens if nobody hands it over. */
function Sure({ viewer, item }: ItemParts) {
  const { t, i18n } = useTranslation('wallet');
  const { long } = useDurationWords();
  const points = usePointName();
  const { orderDeadlineSeconds, noticeSeconds } = viewer.program.settings;
  const { price, scheduledPrice, scheduledPriceAt, withdrawnAt } = item;
  const moment = (iso: string): string => showMoment(iso, i18n.language);
  const isScheduled = scheduledPrice !== null && scheduledPriceAt !== null;
  return (
    <section className="card" aria-labelledby="sure-title">
      <h2 id="sure-title">{t('rewards.sure')}</h2>
      <ul className="sure">
        {isScheduled && (
          <li className="is-waiting">
            {t('rewards.rises', {
              price: showPoints(scheduledPrice),
              now: showPoints(price),
              moment: moment(scheduledPriceAt),
            })}
          </li>
        )}
        {withdrawnAt !== null && !isOver(item) && (
          <li className="is-waiting">{t('rewards.ends', { moment: moment(withdrawnAt) })}</li>
        )}
        <li>
          {t('rewards.deadline', { points, span: long(orderDeadlineSeconds * MS_PER_SECOND) })}
        </li>
        <li>{t('rewards.told', { notice: long(noticeSeconds * MS_PER_SECOND) })}</li>
      </ul>
    </section>
  );
}

/** Why it can not be got, whatever the connection; null when it can. */
function useWhyNotThis({ viewer, item }: ItemParts): JSX.Element | null {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const { here, pending } = spendableOf(viewer.member);
  if (isOver(item)) return <p className="why-not">{t('rewards.over')}</p>;
  if (!item.available) return <p className="why-not">{t('rewards.noneLeft')}</p>;
  const missing = missingFor(item.price, here);
  if (missing === null) return null;
  const values = {
    missing: showPoints(missing),
    price: showPoints(item.price),
    settled: showPoints(here),
  };
  return (
    <p className="why-not">
      {t('rewards.tooFew', { points, ...values })}
      {toBase(pending, POINT_DECIMALS) > 0n && (
        <>
          {t('between')}
          {t('buyback.notFinal', { points, amount: showPoints(pending) })}
          {t('between')}
          <Link href="/list">{t('buyback.collectFirst')}</Link>
        </>
      )}
    </p>
  );
}

function Item({ viewer, item }: ItemParts) {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const { textOf } = useItemWords();
  const [isOpen, setOpen] = useState(false);
  const whyNotThis = useWhyNotThis({ viewer, item });
  const whyNot = useWhyNot(viewer.member?.balance.stale ?? false);
  const writes = useWrites();
  const write = useWrite(`itemRedeem:${item.number}`);
  const open = (): void => {
    // One that is through begins anew; one that is not goes on.
    writes.dismiss(`itemRedeem:${item.number}`);
    setOpen(true);
  };
  const { elsewhere } = spendableOf(viewer.member);
  const text = textOf(item);
  const price = showPoints(item.price);
  return (
    <>
      <section className="card item-card">
        <ItemPicture item={item} />
        <div className="item-head">
          <p className="item-cost">
            {price} <small>{points}</small>
          </p>
          {item.stock !== null && item.stock > 0 && (
            <span className="tag">{t('rewards.left', { count: item.stock })}</span>
          )}
        </div>
        {text !== null && <p>{text}</p>}
        {whyNotThis}
        {toBase(elsewhere, POINT_DECIMALS) > 0n && (
          <p className="why-not">
            {t('rewards.elsewhere', { points, amount: showPoints(elsewhere) })}
          </p>
        )}
        {whyNotThis === null && (
          <div className="actions">
            <button
              className="button"
              type="button"
              disabled={whyNot !== null}
              title={whyNot ?? undefined}
              onClick={open}
            >
              {t('rewards.get', { price })}
            </button>
          </div>
        )}
        {!isOpen && write !== null && <Placed viewer={viewer} write={write} />}
      </section>
      <Sure viewer={viewer} item={item} />
      <OrderRecordCard record={viewer.program.orderCounts} />
      {isOpen && <GetSheet viewer={viewer} item={item} onClose={() => setOpen(false)} />}
    </>
  );
}

/** One item: enough to decide, and the way to get it. */
export function ItemPage(): JSX.Element {
  const { t } = useTranslation('wallet');
  const { nameOf } = useItemWords();
  const { item: number = '' } = useParams<{ item: string }>();
  const { data, ...rest } = usePolled(ItemQuery, { item: Number(number) });
  const viewer = data?.viewer ?? null;
  const item = viewer?.program.item ?? null;
  useServiceClock(viewer?.program.clock.now, rest.loadedAt);
  return (
    <Page title={item === null ? t('rewards.title') : nameOf(item)} back="/rewards">
      <Loaded
        polled={{ data: viewer, ...rest }}
        lines={LINES}
        isStale={viewer?.member?.balance.stale ?? false}
      >
        {(known) =>
          known.program.item === null ? (
            <section className="card">
              <p>{t('rewards.noItem')}</p>
            </section>
          ) : (
            <Item viewer={known} item={known.program.item} />
          )
        }
      </Loaded>
    </Page>
  );
}
