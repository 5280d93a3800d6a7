import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { showPoints } from '../../../shared/format/amounts.ts';
import { useItemWords } from '../../../shared/items/itemWords.ts';
import { NotOnThisConsole } from '../../access/NotOnThisConsole.tsx';
import { useWorkplace } from '../../access/workplace.ts';
import { useServiceClock } from '../../../shared/clock/useServiceClock.ts';
import { CsvButton } from '../../lists/CsvButton.tsx';
import { ShowMoreRows } from '../../lists/ShowMoreRows.tsx';
import { useRows } from '../../lists/useRows.ts';
import { Asked } from '../../parts/Asked.tsx';
import { DeskHead } from '../../parts/DeskHead.tsx';
import { NothingYet } from '../../parts/NothingYet.tsx';
import { ItemAddPart } from './ItemAddPart.tsx';
import { ItemSign, ItemTags } from './itemTags.tsx';
import { DeskItemsQuery, type DeskItem } from './queries.ts';
import './catalogue.css';

const LINES = [300] as const;

function Row({ item, now }: { readonly item: DeskItem; readonly now: number }): JSX.Element {
  const { t } = useTranslation('catalogue');
  const { nameOf } = useItemWords();
  return (
    <li className="panel-row item-row">
      <ItemSign item={item} />
      <span className="item-what">
        <Link href={`/catalogue/${item.number}`}>{nameOf(item)}</Link>
        <ItemTags item={item} now={now} />
      </span>
      <b className="item-price">{t('points', { points: showPoints(item.price) })}</b>
    </li>
  );
}

/** All items, as they were added, and the form for a new one. */
export function ItemListDesk(): JSX.Element {
  const { t } = useTranslation('catalogue');
  const { api } = useWorkplace();
  const items = useRows({
    document: DeskItemsQuery,
    variables: {},
    client: api.client,
    pick: ({ program }) => program?.items,
  });
  useServiceClock(items.first.data?.program?.clock.now, items.first.loadedAt);
  return (
    <>
      <DeskHead title={t('title')} lead={t('lead')}>
        <CsvButton list="items.csv" />
      </DeskHead>
      <Asked
        of={items.first}
        lines={LINES}
        isStale={({ program }) => program?.items.stale === true}
      >
        {({ program }) => {
          if (program === null) return <NotOnThisConsole />;
          const nowMs = Date.parse(program.clock.now);
          return (
            <div className="work">
              <div className="item-list">
                {items.rows.length === 0 ? (
                  <NothingYet title={t('none.title')} words={t('none.words')} />
                ) : (
                  <ul className="panel">
                    {items.rows.map((item) => (
                      <Row key={item.number} item={item} now={nowMs} />
                    ))}
                  </ul>
                )}
                <ShowMoreRows of={items} />
              </div>
              <ItemAddPart noticeSeconds={program.settings.noticeSeconds} />
            </div>
          );
        }}
      </Asked>
    </>
  );
}
