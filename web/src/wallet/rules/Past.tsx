import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { showDay } from '../../shared/format/dates.ts';
import { ForwardIcon } from '../../shared/ui/icons.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { topicOf } from '../terms/difference.ts';
import type { ChangeTopic, RuleSetVersion } from '../terms/fields.ts';
import { STATE_TAGS } from '../terms/stateTags.ts';
import { differenceOf, type KnownVersions } from '../terms/topics.ts';
import { startOfEpoch, type TermContext } from '../terms/useTermWords.ts';

/** All versions of the rules, newest first. */
export function PastVersions({
  versions,
  clock,
}: {
  readonly versions: readonly RuleSetVersion[];
  readonly clock: TermContext['clock'] & { readonly currentEpoch: number };
}): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const now = versions.find(({ fromEpoch }) => fromEpoch <= clock.currentEpoch)?.version;
  return (
    <section className="card" aria-labelledby="versions-title">
      <h2 id="versions-title">{t('rules.versions')}</h2>
      <p>{t('rules.versionsWords')}</p>
      <ul className="rows">
        {versions.map(({ version, fromEpoch }) => {
          const day = showDay(startOfEpoch(clock, fromEpoch), i18n.language);
          return (
            <li key={version}>
              <Link className="row rules-row" href={`/rules/versions/${version}`}>
                <span>
                  <span className="row-title">{t('rules.version', { version })}</span>
                  <span className="row-note">
                    {fromEpoch > clock.currentEpoch
                      ? t('rules.from', { day })
                      : t('rules.since', { day })}
                  </span>
                </span>
                {version === now && <span className="tag better">{t('rules.inForce')}</span>}
                <ForwardIcon />
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Changes that were announced, newest first, with what became of each. */
export function PastChanges({
  changes,
  known,
}: {
  readonly changes: readonly ChangeTopic[];
  readonly known: KnownVersions;
}): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const points = usePointName();
  return (
    <section className="card" aria-labelledby="changes-title">
      <h2 id="changes-title">{t('rules.changes')}</h2>
      <p>{changes.length === 0 ? t('rules.noChanges') : t('rules.changesWords')}</p>
      <ul className="rows">
        {changes.map((change) => {
          const { number, state, announcedAt, resolved } = change;
          const topic = topicOf(differenceOf(change, known) ?? []);
          const day = showDay(resolved?.at ?? announcedAt, i18n.language);
          return (
            <li key={number}>
              <Link className="row rules-row" href={`/rules/changes/${number}`}>
                <span>
                  <span className="row-title">{t(`changes.topic.${topic}`, { points })}</span>
                  <span className="row-note">
                    {t('change.number', { number })} · {day}
                  </span>
                </span>
                <span className={`tag ${STATE_TAGS[state]}`}>{t(`changes.state.${state}`)}</span>
                <ForwardIcon />
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
