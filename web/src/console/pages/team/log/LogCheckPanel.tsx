import { Button } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../../shared/graphql/client.ts';
import { ErrorCard } from '../../../../shared/ui/States.tsx';
import { useWorkplace } from '../../../access/workplace.ts';
import { CopyButton } from '../../../parts/CopyButton.tsx';
import { LogCheckQuery, type LogVerdict } from './queries.ts';

function Verdict({ verdict }: { readonly verdict: LogVerdict }): JSX.Element {
  const { t } = useTranslation('team');
  const { whole, entries, headSeq, headHash, broken } = verdict;
  if (!whole) {
    return (
      <p className="team-broken" role="alert">
        {t(`check.broken.${broken?.kind ?? 'CHANGED'}`, { seq: broken?.seq ?? 0 })}
      </p>
    );
  }
  return (
    <>
      <p className="team-whole" role="status">
        {t('check.whole', { count: entries })}
      </p>
      <p className="fine">{t('check.keep', { seq: headSeq })}</p>
      <code className="team-hash">{headHash}</code>
      <CopyButton text={`${headSeq} ${headHash}`} label={t('check.copy')} />
    </>
  );
}

/** Has the service go through the whole log, and says what it found. */
export function LogCheckPanel(): JSX.Element {
  const { t } = useTranslation('team');
  const { organisationApi } = useWorkplace();
  const [verdict, setVerdict] = useState<LogVerdict | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [isAsking, setAsking] = useState(false);
  const check = async (): Promise<void> => {
    setAsking(true);
    setError(null);
    try {
      const { auditLogCheck } = await organisationApi.client.ask(LogCheckQuery);
      setVerdict(auditLogCheck);
    } catch (failed) {
      if (!(failed instanceof ApiError)) throw failed;
      setError(failed);
    } finally {
      setAsking(false);
    }
  };
  return (
    <section className="panel" aria-labelledby="log-check">
      <div className="panel-head">
        <h2 id="log-check">{t('check.title')}</h2>
      </div>
      <div className="part team-form">
        <p>{t('check.words')}</p>
        <Button variant="default" loading={isAsking} onClick={() => void check()}>
          {t('check.go')}
        </Button>
        {error !== null && <ErrorCard error={error} onAgain={() => void check()} />}
        {error === null && verdict !== null && <Verdict verdict={verdict} />}
      </div>
    </section>
  );
}
