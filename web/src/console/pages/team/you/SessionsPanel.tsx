import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { When } from '../../../../shared/ui/Values.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { useAct } from '../../../writes/useAct.ts';
import { SessionRevoke, type OwnSession } from './queries.ts';

const BROWSERS = [
  ['Edg/', 'Edge'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;
const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['Linux', 'Linux'],
] as const;

/** Names the browser and the system in what a browser calls itself; null where neither is known. */
function deviceIn(userAgent: string): string | null {
  const find = (names: typeof BROWSERS | typeof SYSTEMS): string | undefined =>
    names.find(([mark]) => userAgent.includes(mark))?.[1];
  const known = [find(BROWSERS), find(SYSTEMS)].filter((name) => name !== undefined);
  return known.length === 0 ? null : known.join(' · ');
}

function SessionRow({ session }: { readonly session: OwnSession }): JSX.Element {
  const { t } = useTranslation('team');
  const { id, isCurrent, createdAt, expiresAt, ipAddress, userAgent } = session;
  const name = `sessionRevoke:${id}`;
  const act = useAct({ name, kind: 'sessionRevoke', document: SessionRevoke });
  return (
    <li className="part team-row">
      <div className="team-row-head">
        <h3 title={userAgent ?? ''}>{deviceIn(userAgent ?? '') ?? t('sessions.unknown')}</h3>
        {isCurrent && <span className="tag better">{t('sessions.current')}</span>}
      </div>
      <p className="team-facts">
        <span>
          {t('sessions.since')} <When iso={createdAt} />
        </span>
        <span>
          {t('sessions.until')} <When iso={expiresAt} />
        </span>
        {ipAddress !== null && <span>{ipAddress}</span>}
      </p>
      {!isCurrent && (
        <ActButton
          needs="ANYBODY"
          variant="default"
          loading={act.isUnderWay}
          onClick={() => act.start({ id })}
        >
          {t('sessions.end')}
        </ActButton>
      )}
      <TransactionStatus name={name} />
    </li>
  );
}

/** Where the person is signed in: each of them can be ended from here. */
export function SessionsPanel({
  sessions,
}: {
  readonly sessions: readonly OwnSession[];
}): JSX.Element {
  const { t } = useTranslation('team');
  return (
    <section className="panel" aria-labelledby="sessions">
      <div className="panel-head">
        <h2 id="sessions">{t('sessions.title')}</h2>
      </div>
      <ul>
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
    </section>
  );
}
