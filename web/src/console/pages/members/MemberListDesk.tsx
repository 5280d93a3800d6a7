import { NativeSelect } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { usePolled } from '../../../shared/polling/usePolled.ts';
import { Amount, When } from '../../../shared/ui/Values.tsx';
import { NotOnThisConsole } from '../../access/NotOnThisConsole.tsx';
import { useWorkplace } from '../../access/workplace.ts';
import { Snippet } from '../../code/Snippet.tsx';
import { curlOf } from '../../code/snippets.ts';
import { CsvButton } from '../../lists/CsvButton.tsx';
import { SearchForm } from '../../lists/SearchForm.tsx';
import { ShowMoreRows } from '../../lists/ShowMoreRows.tsx';
import { useFilters } from '../../lists/useFilters.ts';
import { useRows } from '../../lists/useRows.ts';
import { Asked } from '../../parts/Asked.tsx';
import { DeskHead } from '../../parts/DeskHead.tsx';
import { NothingYet } from '../../parts/NothingYet.tsx';
import { memberHref, MOST_OF_AN_ID } from './address/memberAddress.ts';
import { DeskMembersQuery, FirstCallQuery, type ListedMember } from './queries.ts';

const LINES = [60, 320] as const;
const ORDERS = ['NEWEST_ACTIVITY', 'MEMBER_ID'] as const;
const IS_NOTHING = /^0(\.0*)?$/;
/** Without fractions of a second. */
const wholeSeconds = (iso: string): string => iso.replace(/\.\d+Z$/, 'Z');

function SearchBar(): JSX.Element {
  const { t } = useTranslation('members');
  const filters = useFilters();
  const words = {
    ...{ label: t('search.label'), how: t('search.how') },
    ...{ go: t('search.go'), clear: t('search.clear') },
  };
  return (
    <SearchForm filter="search" words={words} most={MOST_OF_AN_ID}>
      {filters.get('search') === null && (
        <NativeSelect
          label={t('order.label')}
          data={ORDERS.map((value) => ({ value, label: t(`order.${value}`) }))}
          value={filters.get('order') === 'MEMBER_ID' ? 'MEMBER_ID' : 'NEWEST_ACTIVITY'}
          onChange={({ currentTarget: { value } }) =>
            filters.set({ order: value === 'MEMBER_ID' ? value : '' })
          }
        />
      )}
    </SearchForm>
  );
}

/** What makes the first member. */
function FirstMember(): JSX.Element {
  const { t } = useTranslation('members');
  const { isTest } = useWorkplace();
  const { data } = usePolled(FirstCallQuery);
  const program = data?.program ?? null;
  const rule = program?.ruleSets.edges[0]?.node.rules[0];
  const [openedAt] = useState(() => new Date().toISOString());
  return (
    <NothingYet title={t('none.title')} words={t('none.words')}>
      {rule !== undefined && (
        <Snippet
          label={t('none.code')}
          code={curlOf({
            url: location.origin,
            key: isTest ? 'dw_test_…' : 'dw_live_…',
            rule: rule.name,
            isSpent: !IS_NOTHING.test(rule.perMillionUnits),
            occurredAt: wholeSeconds(program?.clock.now ?? openedAt),
          })}
        />
      )}
      <Link className="button" href="/developers/connect">
        {t('none.go')}
      </Link>
    </NothingYet>
  );
}

function Row({ member }: { readonly member: ListedMember }): JSX.Element {
  const { t } = useTranslation('members');
  const { memberId, settled, isCustodial, lastActivityAt, mergedInto } = member;
  return (
    <li className="panel-row member-row">
      <span className="member-name">
        <Link href={memberHref(memberId)}>{memberId}</Link>
        <small>
          {lastActivityAt === null ? (
            t('row.new')
          ) : (
            <>
              {t('row.last')} <When iso={lastActivityAt} />
            </>
          )}
        </small>
      </span>
      {mergedInto !== null && <span className="tag">{t('row.merged')}</span>}
      {!isCustodial && <span className="tag accent">{t('row.own')}</span>}
      <span className="member-settled">
        <Amount value={settled} />
        <small>{t('row.settled')}</small>
      </span>
    </li>
  );
}

/** Everybody who ever did something here. */
export function MemberListDesk(): JSX.Element {
  const { t } = useTranslation('members');
  const { api } = useWorkplace();
  const filters = useFilters();
  const search = filters.get('search');
  const order = search === null && filters.get('order') !== 'MEMBER_ID' ? null : 'MEMBER_ID';
  const members = useRows({
    document: DeskMembersQuery,
    variables: { search, order },
    client: api.client,
    pick: ({ program }) => program?.members,
  });
  return (
    <>
      <DeskHead title={t('title')} lead={t('lead')}>
        <CsvButton list="members.csv" filters={{ search }} />
      </DeskHead>
      <SearchBar />
      <Asked of={members.first} lines={LINES}>
        {({ program }) => {
          if (program === null) return <NotOnThisConsole />;
          if (members.rows.length > 0) {
            return (
              <>
                <ul className="panel member-rows">
                  {members.rows.map((member) => (
                    <Row key={member.id} member={member} />
                  ))}
                </ul>
                <ShowMoreRows of={members} />
              </>
            );
          }
          return search === null ? (
            <FirstMember />
          ) : (
            <NothingYet title={t('search.none', { search })} words={t('search.noneWords')} />
          );
        }}
      </Asked>
    </>
  );
}
