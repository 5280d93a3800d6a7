import { NativeSelect } from '@mantine/core';
import { useCallback, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { When } from '../../../../shared/ui/Values.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { useBarrier } from '../../../access/barrier.ts';
import { useSignedIn, useWorkplace, type ConsoleRole } from '../../../access/workplace.ts';
import { AskFirst } from '../../../parts/AskFirst.tsx';
import { useAct } from '../../../writes/useAct.ts';
import { TeamMemberRemove, TeamRoleSet, type TeamPerson } from './queries.ts';
import { TEAM_ROLES } from './teamRoles.ts';
import { useAppBarrier } from './useAppBarrier.ts';

/** Another role for a person: chosen, then said yes to. */
function RoleChoice({
  person,
  isLastOwner,
}: {
  readonly person: TeamPerson;
  readonly isLastOwner: boolean;
}): JSX.Element {
  const { t } = useTranslation('team');
  const { t: words } = useTranslation('console');
  const { personId, role } = person;
  const [chosen, setChosen] = useState<ConsoleRole>(role);
  const name = `teamRoleSet:${personId}`;
  const act = useAct({ name, kind: 'teamRoleSet', document: TeamRoleSet });
  const forOwners = useBarrier('OWNER');
  const needsApp = useAppBarrier();
  const barrier = forOwners ?? needsApp ?? (isLastOwner ? t('people.lastOwner') : null);
  return (
    <div className="team-role">
      <NativeSelect
        aria-label={t('people.roleOf', { name: person.name })}
        disabled={barrier !== null}
        {...(barrier !== null && {
          ...{ description: barrier, descriptionProps: { className: 'barrier' } },
          inputWrapperOrder: ['label', 'input', 'description'] as const,
        })}
        data={TEAM_ROLES.map((value) => ({ value, label: words(`roles.${value}`) }))}
        value={chosen}
        onChange={({ currentTarget }) => setChosen(currentTarget.value as ConsoleRole)}
      />
      {chosen !== role && (
        <ActButton
          needs="OWNER"
          loading={act.isUnderWay}
          onClick={() => act.start({ personId, role: chosen })}
        >
          {t('people.setRole')}
        </ActButton>
      )}
      <TransactionStatus name={name} />
    </div>
  );
}

/** Takes a person out. */
function Removing({ person }: { readonly person: TeamPerson }): JSX.Element {
  const { t } = useTranslation('team');
  const { organisation } = useWorkplace().membership;
  const { personId } = person;
  const [isAsked, setAsked] = useState(false);
  const name = `teamMemberRemove:${personId}`;
  const remove = useAct(
    { name, kind: 'teamMemberRemove', document: TeamMemberRemove },
    useCallback(() => setAsked(false), []),
  );
  return (
    <>
      <ActButton
        needs="OWNER"
        variant="default"
        barrier={useAppBarrier()}
        onClick={() => setAsked(true)}
      >
        {t('people.remove')}
      </ActButton>
      <AskFirst
        isOpen={isAsked}
        title={t('people.removeTitle', { name: person.name, organisation: organisation.name })}
        go={t('people.remove')}
        needs="OWNER"
        name={name}
        isUnderWay={remove.isUnderWay}
        isDanger
        onGo={() => remove.start({ personId })}
        onClose={() => setAsked(false)}
      >
        <p>{t('people.removeWords')}</p>
      </AskFirst>
    </>
  );
}

/** One person of the team. */
export function PersonRow({
  person,
  isLastOwner,
}: {
  readonly person: TeamPerson;
  readonly isLastOwner: boolean;
}): JSX.Element {
  const { t } = useTranslation('team');
  const { t: words } = useTranslation('console');
  const { person: self } = useSignedIn();
  const { personId, name, email, role, hasTwoFactor, joinedAt } = person;
  const isSelf = self.id === personId;
  return (
    <li className="part team-row">
      <div className="team-row-head">
        <h3>
          {name}
          {isSelf && <span className="team-self">{t('people.you')}</span>}
        </h3>
        <span className="tag">{words(`roles.${role}`)}</span>
      </div>
      <p className="team-facts">
        <span>{email}</span>
        <span>
          {t('people.joined')} <When iso={joinedAt} part="day" />
        </span>
        <span>{hasTwoFactor ? t('people.twoFactor') : t('people.noTwoFactor')}</span>
      </p>
      <div className="team-ways">
        <RoleChoice key={role} {...{ person, isLastOwner }} />
        {!isSelf && <Removing person={person} />}
      </div>
    </li>
  );
}
