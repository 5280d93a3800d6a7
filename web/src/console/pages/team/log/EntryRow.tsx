import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Details, Fact } from '../../../../shared/ui/Details.tsx';
import { When } from '../../../../shared/ui/Values.tsx';
import { useDeedWords } from './deeds.ts';
import { plainFactsOf } from './plainFacts.ts';
import type { LogEntry } from './queries.ts';

function Outcome({ answer }: Pick<LogEntry, 'answer'>): JSX.Element {
  const { t } = useTranslation('team');
  if (answer === null) return <span className="tag waiting">{t('log.running')}</span>;
  const code = answer.error ?? answer.userErrors[0]?.code ?? null;
  if (code === null) return <span className="tag better">{t('log.done')}</span>;
  return (
    <span className="tag worse">
      {answer.error === null ? t('log.refused') : t('log.failed')}
      {` · ${code}`}
    </span>
  );
}

/** What a text of the log says, a line for each value. */
function Said({ title, json }: { readonly title: string; readonly json: string | null }) {
  const facts = json === null ? [] : plainFactsOf(json);
  if (facts.length === 0) return null;
  return (
    <div className="team-said">
      <h4>{title}</h4>
      <dl>
        {facts.map(({ path, value }) => (
          <div key={path}>
            <dt>{path}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** One call: who asked for what, when and from where, and how it ended. */
export function EntryRow({ entry }: { readonly entry: LogEntry }): JSX.Element {
  const { t } = useTranslation('team');
  const words = useDeedWords();
  const { actor, answer, at, before, input, ip, mutation } = entry;
  return (
    <li className="part team-row">
      <div className="team-row-head">
        <h3>{words(mutation)}</h3>
        <Outcome answer={answer} />
      </div>
      <p className="team-facts">
        <span>
          {t(`log.kind.${actor.kind}`)} <b>{actor.name}</b>
        </span>
        <When iso={at} />
        {ip !== null && <span>{ip}</span>}
        <span>{t(`log.environment.${entry.environment}`)}</span>
      </p>
      <details className="team-entry">
        <summary>{t('log.open', { seq: entry.seq })}</summary>
        <Said title={t('log.input')} json={input} />
        <Said title={t('log.before')} json={before} />
        <Said title={t('log.after')} json={answer?.after ?? null} />
        {(answer?.userErrors ?? []).map(({ code, field }) => (
          <p key={`${code} ${field ?? ''}`} className="fine">
            {code}
            {field !== null && ` · ${field}`}
          </p>
        ))}
        <Details title={t('log.machine')}>
          <Fact name={t('log.mutation')}>{mutation}</Fact>
          <Fact name={t('log.request')}>{entry.requestId}</Fact>
          {answer?.transactionId != null && (
            <Fact name={t('log.transaction')}>{answer.transactionId}</Fact>
          )}
          {entry.programId !== null && <Fact name={t('log.program')}>{entry.programId}</Fact>}
          {entry.userAgent !== null && <Fact name={t('log.agent')}>{entry.userAgent}</Fact>}
          <Fact name={t('log.actor')}>{actor.id}</Fact>
          <Fact name={t('log.hash')}>{entry.hash}</Fact>
        </Details>
      </details>
    </li>
  );
}
