import { NativeSelect } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkplace } from '../../../access/workplace.ts';
import { ActionCard } from '../../../actions/ActionCard.tsx';
import { DecisionButtons } from '../../../actions/DecisionButtons.tsx';
import { CsvButton } from '../../../lists/CsvButton.tsx';
import { ShowMoreRows } from '../../../lists/ShowMoreRows.tsx';
import { useFilters } from '../../../lists/useFilters.ts';
import { useRows } from '../../../lists/useRows.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { MemberActionsQuery } from './queries.ts';

const LINES = [110, 110, 110] as const;
const STATES = [
  ...(['PENDING', 'MATURING', 'SETTLED', 'VOIDED'] as const),
  ...(['LAPSED', 'REFUSED', 'RULE_NOT_IN_FORCE'] as const),
] as const;

/** Each action of a member, with where it stands and why. */
export function ActionsPart({
  memberId,
  nowMs,
}: {
  readonly memberId: string;
  /** By the clock of the service. */
  readonly nowMs: number;
}): JSX.Element {
  const { t } = useTranslation('members');
  const { api } = useWorkplace();
  const filters = useFilters();
  const state = STATES.find((each) => each === filters.get('state')) ?? null;
  const actions = useRows({
    document: MemberActionsQuery,
    variables: { memberId, state },
    client: api.client,
    pick: ({ program }) => program?.actions,
  });
  return (
    <>
      <div className="part member-filters">
        <NativeSelect
          aria-label={t('actions.filter')}
          data={[
            { value: '', label: t('actions.all') },
            ...STATES.map((value) => ({ value, label: t(`console:action.state.${value}`) })),
          ]}
          value={state ?? ''}
          onChange={({ currentTarget: { value } }) => filters.set({ state: value })}
        />
        <CsvButton list="actions.csv" filters={{ memberId, state }} />
      </div>
      <Asked of={actions.first} lines={LINES}>
        {() =>
          actions.rows.length === 0 ? (
            <p className="part member-quiet">
              {actions.hasMore ? t('actions.noneYet') : t('actions.none')}
            </p>
          ) : (
            <ol>
              {actions.rows.map((action) => (
                <li className="part" key={`${action.memberId} ${action.eventId}`}>
                  <ActionCard action={action} nowMs={nowMs}>
                    <DecisionButtons action={action} nowMs={nowMs} />
                  </ActionCard>
                </li>
              ))}
            </ol>
          )
        }
      </Asked>
      {actions.hasMore && (
        <div className="part">
          <ShowMoreRows of={actions} />
        </div>
      )}
    </>
  );
}
