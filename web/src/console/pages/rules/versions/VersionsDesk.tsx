import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { showDay } from '../../../../shared/format/dates.ts';
import { NotOnThisConsole } from '../../../access/NotOnThisConsole.tsx';
import { useWorkplace } from '../../../access/workplace.ts';
import { ShowMoreRows } from '../../../lists/ShowMoreRows.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { DeskHead } from '../../../parts/DeskHead.tsx';
import { ToDesk } from '../../../parts/ToDesk.tsx';
import { epochBegins, lastBefore } from '../../../terms/epochs.ts';
import type { DeskClock, DeskRuleSet } from '../../../terms/fields.ts';
import { RuleRows } from '../../../terms/RuleRows.tsx';
import { keptDraft } from '../draft/keptDraft.ts';
import type { VersionsProgram } from './queries.ts';
import { useVersions } from './useVersions.ts';
import './versions.css';

const LINES = [420, 160] as const;

/** The rules in force and to come, and every version before. */
export function VersionsDesk(): JSX.Element {
  const { t } = useTranslation('rules');
  const versions = useVersions();
  return (
    <>
      <DeskHead title={t('title')} lead={t('lead')}>
        <Link href="/rules/new" className="button">
          {t('change')}
        </Link>
      </DeskHead>
      <Asked
        of={versions.first}
        lines={LINES}
        isStale={({ program }) => program?.ruleSets.stale === true}
      >
        {({ program }) =>
          program === null ? (
            <NotOnThisConsole />
          ) : (
            <>
              <Versions program={program} rows={versions.rows} />
              <ShowMoreRows of={versions} />
            </>
          )
        }
      </Asked>
    </>
  );
}

function Versions({
  program,
  rows,
}: {
  readonly program: VersionsProgram;
  readonly rows: readonly DeskRuleSet[];
}): JSX.Element {
  const { t, i18n } = useTranslation('rules');
  const { programId } = useWorkplace();
  const { clock, pendingChange, document } = program;
  const current = rows.find(({ fromEpoch }) => fromEpoch <= clock.currentEpoch);
  const toCome = rows.filter(({ fromEpoch }) => fromEpoch > clock.currentEpoch).reverse();
  const past = rows.filter(
    ({ version, fromEpoch }) => fromEpoch <= clock.currentEpoch && version !== current?.version,
  );
  const day = (ruleSet: DeskRuleSet): string =>
    showDay(epochBegins(clock, ruleSet.fromEpoch), i18n.language);
  return (
    <div className="work">
      <div>
        {keptDraft(programId) !== null && (
          <p className="rules-note">
            {t('list.draft')} <Link href="/rules/new">{t('list.goOn')}</Link>
          </p>
        )}
        {pendingChange?.target === 'RULES' && (
          <p className="rules-note waiting">
            {t('list.announced', { number: pendingChange.number })}{' '}
            <ToDesk noun="changes" rest={`/${pendingChange.number}`}>
              {t('list.toChange')}
            </ToDesk>
          </p>
        )}
        {toCome.map((ruleSet) => (
          <VersionPanel
            key={ruleSet.version}
            {...{ ruleSet, clock }}
            tag={t('list.from', { day: day(ruleSet) })}
            look="waiting"
          />
        ))}
        {current !== undefined && (
          <VersionPanel
            ruleSet={current}
            clock={clock}
            tag={t('list.inForceSince', { day: day(current) })}
            look="better"
          />
        )}
      </div>
      <aside>
        <section className="panel" aria-labelledby="past">
          <div className="panel-head">
            <h2 id="past">{t('list.past')}</h2>
          </div>
          <ol>
            {past.map((ruleSet) => (
              <li key={ruleSet.version} className="panel-row">
                <span>
                  <b>{t('version', { version: ruleSet.version })}</b>{' '}
                  <small className="version-span">
                    {spanOf(ruleSet, rows, clock, i18n.language, t)}
                  </small>
                </span>
                <Link href={`/rules/${ruleSet.version}`}>
                  {ruleSet.version === 0 ? t('list.lookFirst') : t('list.look')}
                </Link>
              </li>
            ))}
          </ol>
          {past.length === 0 && <p className="panel-row quiet-row">{t('list.noPast')}</p>}
        </section>
        <section className="panel" aria-labelledby="print">
          <div className="panel-head">
            <h2 id="print">{t('list.print')}</h2>
          </div>
          {document === null ? (
            <p className="panel-row quiet-row">
              {current?.documentHash == null ? t('list.printNone') : t('list.printMissing')}
            </p>
          ) : (
            <details className="print">
              <summary>{t('list.printRead')}</summary>
              <p>{document.text}</p>
            </details>
          )}
        </section>
      </aside>
    </div>
  );
}

/** From when until when a version was in force. */
function spanOf(
  ruleSet: DeskRuleSet,
  all: readonly DeskRuleSet[],
  clock: DeskClock,
  language: string,
  t: (key: 'list.wasFrom', values: { from: string; to: string }) => string,
): string {
  const next = all.find(({ version }) => version === ruleSet.version + 1);
  const from = showDay(epochBegins(clock, ruleSet.fromEpoch), language);
  // One that was replaced before it began was in force for no moment.
  const end = Math.max(next?.fromEpoch ?? clock.currentEpoch, ruleSet.fromEpoch + 1);
  return t('list.wasFrom', { from, to: showDay(lastBefore(clock, end), language) });
}

function VersionPanel({
  ruleSet,
  clock,
  tag,
  look,
}: {
  readonly ruleSet: DeskRuleSet;
  readonly clock: DeskClock;
  readonly tag: string;
  readonly look: 'waiting' | 'better';
}): JSX.Element {
  const { t } = useTranslation('rules');
  const { version } = ruleSet;
  return (
    <section className="panel" aria-label={t('version', { version })}>
      <div className="panel-head">
        <h2>
          <Link href={`/rules/${version}`}>{t('version', { version })}</Link>
        </h2>
        <span className={`tag ${look}`}>{tag}</span>
      </div>
      <RuleRows {...{ ruleSet, clock }} epoch={clock.currentEpoch} />
    </section>
  );
}
