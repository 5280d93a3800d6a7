import type { JSX } from 'react';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { OwnSessionsQuery } from './queries.ts';
import { SessionsPanel } from './SessionsPanel.tsx';
import { TwoFactorPanel } from './TwoFactorPanel.tsx';
import './you.css';

const SESSION_LINES = [140] as const;

/** How the person signs in, and where it is signed in. */
export function YouPage(): JSX.Element {
  const sessions = usePolled(OwnSessionsQuery);
  return (
    <div className="work">
      <TwoFactorPanel />
      <div>
        <Asked of={sessions} lines={SESSION_LINES}>
          {({ person }) => <SessionsPanel sessions={person.sessions} />}
        </Asked>
      </div>
    </div>
  );
}
