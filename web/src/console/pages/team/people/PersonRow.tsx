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
import { TeamLeave, TeamMemberRemove, TeamRoleSet, type TeamPerson } from './queries.ts';
import { TEAM_ROLES } from './teamRoles.ts';

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
  const barrier = useBarrier('OWNER');
  return (
    <div className="team-role">
      <NativeSelect
        aria-label={t('people.roleOf', { name: person.name })}
        disabled={barrier !== null || isLastOwner}
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

/** Takes a person out, or lets the person who is signed in leave. */
function WayOut({
  person,
  isSelf,
  isLastOwner,
}: {
  readonly person: TeamPerson;
  readonly isSelf: boolean;
  readonly isLastOwner: boolean;
}): JSX.Element {
  const { t } = useTranslation('team');
  const { membership } = useWorkplace();
  const [isAsked, setAsked] = useState(false);
  const { personId, name } = person;
  const { organisation } = membership;
  const isGone = useCallback(() => location.assign('/console'), []);
  const leave = useAct({ name: 'teamLeave', kind: 'teamLeave', document: TeamLeave }, isGone);
  const removeName = `teamMemberRemove:${personId}`;
  const remove = useAct(
    { name: removeName, kind: 'teamMemberRemove', document: TeamMemberRemove },
    useCallback(() => setAsked(false), []),
  );
  const go = isSelf ? t('people.leave') : t('people.remove');
  const words = isSelf ? 'leave' : 'remove';
  return (
    <>
      <ActButton
        needs={isSelf ? 'ANYBODY' : 'OWNER'}
        variant="default"
        barrier={isLastOwner ? t('people.lastOwner') : null}
        onClick={() => setAsked(true)}
      >
        {go}
      </ActButton>
      <AskFirst
        isOpen={isAsked}
        title={t(`people.${words}Title`, { name, organisation: organisation.name })}
        go={go}
        needs={isSelf ? 'ANYBODY' : 'OWNER'}
        name={isSelf ? 'teamLeave' : removeName}
        isUnderWay={leave.isUnderWay || remove.isUnderWay}
        isDanger
        onClose={() => setAsked(false)}
        onGo={() =>
          isSelf ? leave.start({ organisationId: organisation.id }) : remove.start({ personId })
        }
      >
        <p>{t(`people.${words}Words`)}</p>
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
        <WayOut {...{ person, isSelf, isLastOwner }} />
      </div>
    </li>
  );
}
