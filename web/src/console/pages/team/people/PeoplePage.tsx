import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { useWorkplace } from '../../../access/workplace.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { InvitationRows } from './InvitationRows.tsx';
import { InvitePanel } from './InvitePanel.tsx';
import { LeavePanel } from './LeavePanel.tsx';
import { PersonRow } from './PersonRow.tsx';
import { TeamQuery, type TeamPerson } from './queries.ts';
import { RolesPanel } from './RolesPanel.tsx';

const LINES = [360, 120] as const;

const ownersOf = (team: readonly TeamPerson[]): number =>
  team.filter(({ role }) => role === 'OWNER').length;

/** The team: people, invitations, and what each role may. */
export function PeoplePage(): JSX.Element {
  const { t } = useTranslation('team');
  const asked = usePolled(TeamQuery);
  const { role: ownRole } = useWorkplace().membership;
  return (
    <div className="work">
      <div>
        <Asked of={asked} lines={LINES}>
          {({ organisation }) => {
            const { team = [], invitations = [] } = organisation ?? {};
            const owners = ownersOf(team);
            return (
              <>
                <section className="panel" aria-labelledby="people">
                  <div className="panel-head">
                    <h2 id="people">{t('people.title')}</h2>
                    <span className="tag">{t('people.count', { count: team.length })}</span>
                  </div>
                  <ul>
                    {team.map((person) => (
                      <PersonRow
                        key={person.personId}
                        person={person}
                        isLastOwner={person.role === 'OWNER' && owners === 1}
                      />
                    ))}
                  </ul>
                </section>
                {invitations.length > 0 && <InvitationRows invitations={invitations} />}
              </>
            );
          }}
        </Asked>
        <RolesPanel />
      </div>
      <aside>
        <InvitePanel />
        <LeavePanel
          isLastOwner={ownRole === 'OWNER' && ownersOf(asked.data?.organisation?.team ?? []) === 1}
        />
      </aside>
    </div>
  );
}
