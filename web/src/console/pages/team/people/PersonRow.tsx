import { NativeSelect } from '@mantine/core';
import { useCallback, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { When } from '../../../../shared/ui/Values.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { useBarrier, type Need } from '../../../access/barrier.ts';
import { LEAVE } from '../../../access/leaving.ts';
import { useSignedIn, useWorkplace, type ConsoleRole } from '../../../access/workplace.ts';
import { AskingAs } from '../../../asking/AskingAs.tsx';
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

interface WayOut {
  readonly person: TeamPerson;
  readonly isLastOwner: boolean;
}

/** The button, and what it asks first. */
function AskedWayOut({
  person,
  isLastOwner,
  words,
  needs,
  name,
  isUnderWay,
  isAsked,
  onAsk,
  onGo,
}: WayOut & {
  readonly words: 'leave' | 'remove';
  readonly needs: Need;
  readonly name: string;
  readonly isUnderWay: boolean;
  readonly isAsked: boolean;
  readonly onAsk: (isAsked: boolean) => void;
  readonly onGo: () => void;
}): JSX.Element {
  const { t } = useTranslation('team');
  const { organisation } = useWorkplace().membership;
  return (
    <>
      <ActButton
        needs={needs}
        variant="default"
        barrier={isLastOwner ? t('people.lastOwner') : null}
        onClick={() => onAsk(true)}
      >
        {t(`people.${words}`)}
      </ActButton>
      <AskFirst
        isOpen={isAsked}
        title={t(`people.${words}Title`, { name: person.name, organisation: organisation.name })}
        go={t(`people.${words}`)}
        {...{ needs, name, isUnderWay, onGo }}
        isDanger
        onClose={() => onAsk(false)}
      >
        <p>{t(`people.${words}Words`)}</p>
      </AskFirst>
    </>
  );
}

/** Lets the person who is signed in leave. It is written as a person alone: who has left is not heard as one of the team. */
function Leaving(way: WayOut): JSX.Element {
  const { organisation } = useWorkplace().membership;
  const [isAsked, setAsked] = useState(false);
  const isGone = useCallback(() => location.assign('/console'), []);
  const leave = useAct({ name: LEAVE, kind: LEAVE, document: TeamLeave }, isGone);
  return (
    <AskedWayOut
      {...{ ...way, isAsked }}
      words="leave"
      needs="ANYBODY"
      name={LEAVE}
      isUnderWay={leave.isUnderWay}
      onAsk={setAsked}
      onGo={() => leave.start({ organisationId: organisation.id })}
    />
  );
}

/** Takes a person out. */
function Removing(way: WayOut): JSX.Element {
  const { personId } = way.person;
  const [isAsked, setAsked] = useState(false);
  const name = `teamMemberRemove:${personId}`;
  const remove = useAct(
    { name, kind: 'teamMemberRemove', document: TeamMemberRemove },
    useCallback(() => setAsked(false), []),
  );
  return (
    <AskedWayOut
      {...{ ...way, isAsked, name }}
      words="remove"
      needs="OWNER"
      isUnderWay={remove.isUnderWay}
      onAsk={setAsked}
      onGo={() => remove.start({ personId })}
    />
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
  const { person: self, api } = useSignedIn();
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
        {isSelf ? (
          <AskingAs api={api}>
            <Leaving {...{ person, isLastOwner }} />
          </AskingAs>
        ) : (
          <Removing {...{ person, isLastOwner }} />
        )}
      </div>
    </li>
  );
}
