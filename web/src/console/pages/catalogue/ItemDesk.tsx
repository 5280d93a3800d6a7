import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showPoints } from '../../../shared/format/amounts.ts';
import { useItemWords } from '../../../shared/items/itemWords.ts';
import { usePolled } from '../../../shared/polling/usePolled.ts';
import { Details, Fact } from '../../../shared/ui/Details.tsx';
import { NotOnThisConsole } from '../../access/NotOnThisConsole.tsx';
import { useServiceClock } from '../../../shared/clock/useServiceClock.ts';
import { Asked } from '../../parts/Asked.tsx';
import { DeskHead } from '../../parts/DeskHead.tsx';
import { ToDesk } from '../../parts/ToDesk.tsx';
import { ItemLookPart } from './ItemLookPart.tsx';
import { ItemPricePart } from './ItemPricePart.tsx';
import { ItemStockPart } from './ItemStockPart.tsx';
import { ItemSign, ItemTags } from './itemTags.tsx';
import { ItemWithdrawPart } from './ItemWithdrawPart.tsx';
import { DeskItemQuery, type ItemProgram, type WholeItem } from './queries.ts';
import './catalogue.css';

const LINES = [220, 160] as const;
const STATES = ['open', 'fulfilled', 'refused', 'overdue'] as const;

function ItemFacts({ item, now }: { readonly item: WholeItem; readonly now: number }): JSX.Element {
  const { t } = useTranslation('catalogue');
  const { nameOf } = useItemWords();
  const { text, price, stock } = item;
  return (
    <section className="panel" aria-label={nameOf(item)}>
      <div className="item-head">
        <ItemSign item={item} />
        <div>
          <p className="item-text">{text}</p>
          <p className="fine">{t('item.forEver')}</p>
        </div>
      </div>
      <div className="part">
        <ItemTags item={item} now={now} />
        <dl className="facts item-numbers">
          <div>
            <dt>{t('price.now')}</dt>
            <dd>{t('points', { points: showPoints(price) })}</dd>
          </div>
          <div>
            <dt>{t('stock.now')}</dt>
            <dd>{stock ?? t('stock.endless')}</dd>
          </div>
        </dl>
      </div>
    </section>
  );
}

/** How the orders of an item ended: everybody can see it. */
function ItemOrders({ item }: { readonly item: WholeItem }): JSX.Element {
  const { t } = useTranslation('catalogue');
  const { orderCounts, blockNumber, transactionHash } = item;
  return (
    <section className="panel" aria-labelledby="item-orders">
      <div className="panel-head">
        <h2 id="item-orders">{t('item.orders')}</h2>
      </div>
      <div className="part">
        <dl className="facts item-counts">
          {STATES.map((state) => (
            <div key={state}>
              <dt>{t(`item.counts.${state}`)}</dt>
              <dd>{orderCounts[state]}</dd>
            </div>
          ))}
        </dl>
        <p className="fine">
          {t('item.public')} <ToDesk noun="orders">{t('item.toOrders')}</ToDesk>
        </p>
        <Details>
          <Fact name={t('item.block')}>{blockNumber}</Fact>
          <Fact name={t('item.hash')}>{transactionHash}</Fact>
        </Details>
      </div>
    </section>
  );
}

function Item({
  program,
  item,
}: {
  readonly program: ItemProgram;
  readonly item: WholeItem;
}): JSX.Element {
  const { t } = useTranslation('catalogue');
  const { nameOf } = useItemWords();
  const now = Date.parse(program.clock.now);
  const { noticeSeconds } = program.settings;
  const isGone = item.withdrawnAt !== null && Date.parse(item.withdrawnAt) <= now;
  const at = new Date(now + noticeSeconds * 1_000).toISOString();
  return (
    <>
      <DeskHead title={nameOf(item)} crumbs={[{ words: t('title'), href: '/catalogue' }]} />
      <div className="work">
        <div>
          <ItemFacts item={item} now={now} />
          <section className="panel" aria-labelledby="item-acts">
            <div className="panel-head">
              <h2 id="item-acts">{t('item.acts')}</h2>
            </div>
            {isGone ? (
              <p className="part item-effect">{t('item.gone')}</p>
            ) : (
              <>
                <ItemPricePart item={item} noticeEndsAt={at} />
                <ItemStockPart item={item} />
                <ItemWithdrawPart item={item} noticeEndsAt={at} />
              </>
            )}
          </section>
        </div>
        <div>
          <ItemOrders item={item} />
          <ItemLookPart key={item.number} item={item} />
        </div>
      </div>
    </>
  );
}

/** One item: what it is, how its orders ended, and what can be done with it. */
export function ItemDesk({ number }: { readonly number: number }): JSX.Element {
  const { t } = useTranslation('catalogue');
  const isNumber = Number.isInteger(number) && number > 0 && number < 2 ** 32;
  const asked = usePolled(DeskItemQuery, { number: isNumber ? number : 0 });
  useServiceClock(asked.data?.program?.clock.now, asked.loadedAt);
  const isKnown = asked.data?.program?.item != null;
  return (
    <>
      {!isKnown && (
        <DeskHead
          title={t('item.title', { number: isNumber ? number : '' })}
          crumbs={[{ words: t('title'), href: '/catalogue' }]}
        />
      )}
      <Asked of={asked} lines={LINES} isStale={({ program }) => program?.item?.stale === true}>
        {({ program }) =>
          program?.item == null ? (
            <NotOnThisConsole />
          ) : (
            <Item program={program} item={program.item} />
          )
        }
      </Asked>
    </>
  );
}
