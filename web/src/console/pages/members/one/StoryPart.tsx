import { NativeSelect } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { nameInWords, wordsIn } from '../../../../shared/format/words.ts';
import { Details, Fact } from '../../../../shared/ui/Details.tsx';
import { Amount, When } from '../../../../shared/ui/Values.tsx';
import { useWorkplace } from '../../../access/workplace.ts';
import { ShowMoreRows } from '../../../lists/ShowMoreRows.tsx';
import { useFilters } from '../../../lists/useFilters.ts';
import { useRows } from '../../../lists/useRows.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { MemberStoryQuery, type StoryEntry } from './queries.ts';

type Kind = StoryEntry['kind'];

const LINES = [72, 72, 72] as const;
const GROUPS = {
  earned: ['EARNED'],
  settled: ['SETTLED'],
  buyback: ['TENDERED', 'RETURNED', 'BOUGHT', 'MONEY_SENT'],
  objections: ['OBJECTED', 'RELEASED'],
  orders: ['ORDERED', 'FULFILLED', 'REFUNDED'],
  account: ['MOVED', 'MERGED'],
} as const satisfies Readonly<Record<string, readonly Kind[]>>;
type Group = keyof typeof GROUPS;
const GROUP_NAMES = Object.keys(GROUPS) as readonly Group[];

/** What adds to the points in the account, and what takes from them. */
const MORE: readonly Kind[] = ['SETTLED', 'RETURNED', 'RELEASED', 'REFUNDED', 'MERGED'];
const LESS: readonly Kind[] = ['TENDERED', 'OBJECTED', 'ORDERED', 'MOVED'];

function Entry({
  entry,
  symbol,
}: {
  readonly entry: StoryEntry;
  readonly symbol: string;
}): JSX.Element {
  const { t, i18n } = useTranslation('members');
  const { kind, points, money, rule, count, epoch, to, moment } = entry;
  const { roundNumber: round, changeNumber: change, orderNumber: order } = entry;
  const name =
    rule === null ? '' : (wordsIn(rule.look?.label, i18n.language) ?? nameInWords(rule.name));
  const sign = MORE.includes(kind) ? '+' : LESS.includes(kind) ? '\u2212' : '';
  return (
    <li className="part story-entry">
      <div className="action-head">
        <strong>
          {t(`story.kind.${kind}`, { rule: name, count: count ?? 0, round, change, order })}
        </strong>
        <small>
          <When iso={entry.at} part={kind === 'EARNED' ? 'day' : 'moment'} />
        </small>
        <span className="action-points">
          {points !== null && (
            <>
              {sign}
              <Amount value={points} />
            </>
          )}
          {points !== null && money !== null && t('story.for')}
          {money !== null && <Amount value={money} symbol={symbol} />}
        </span>
      </div>
      <Details>
        {epoch !== null && <Fact name={t('story.fact.epoch')}>{epoch}</Fact>}
        <Fact name={t('story.fact.account')}>{entry.account}</Fact>
        {to !== null && <Fact name={t('story.fact.to')}>{to}</Fact>}
        {moment !== null && (
          <>
            <Fact name={t('story.fact.block')}>{moment.blockNumber}</Fact>
            <Fact name={t('story.fact.transaction')}>{moment.transactionHash}</Fact>
          </>
        )}
      </Details>
    </li>
  );
}

/** Everything that happened to a member, in one story. */
export function StoryPart({
  memberId,
  symbol,
}: {
  readonly memberId: string;
  /** Of the settlement token. */
  readonly symbol: string;
}): JSX.Element {
  const { t } = useTranslation('members');
  const { api } = useWorkplace();
  const filters = useFilters();
  const group = GROUP_NAMES.find((each) => each === filters.get('kind')) ?? null;
  const story = useRows({
    document: MemberStoryQuery,
    variables: { memberId, kinds: group === null ? null : [...GROUPS[group]] },
    client: api.client,
    pick: ({ member }) => member?.activity,
  });
  return (
    <>
      <div className="part member-filters">
        <NativeSelect
          aria-label={t('story.filter')}
          data={[
            { value: '', label: t('story.groups.all') },
            ...GROUP_NAMES.map((value) => ({ value, label: t(`story.groups.${value}`) })),
          ]}
          value={group ?? ''}
          onChange={({ currentTarget: { value } }) => filters.set({ kind: value })}
        />
      </div>
      <Asked of={story.first} lines={LINES}>
        {() =>
          story.rows.length === 0 ? (
            <p className="part member-quiet">{t('story.none')}</p>
          ) : (
            <ol>
              {story.rows.map((entry, index) => (
                <Entry key={`${entry.kind} ${entry.at} ${index}`} entry={entry} symbol={symbol} />
              ))}
            </ol>
          )
        }
      </Asked>
      {story.hasMore && (
        <div className="part">
          <ShowMoreRows of={story} />
        </div>
      )}
    </>
  );
}
