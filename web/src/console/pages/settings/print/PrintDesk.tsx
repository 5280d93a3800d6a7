import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showDay } from '../../../../shared/format/dates.ts';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { CopyButton } from '../../../parts/CopyButton.tsx';
import { epochBegins } from '../../../terms/epochs.ts';
import { NewPrintPanel } from './NewPrintPanel.tsx';
import { PrintVersion } from './PrintVersion.tsx';
import { PrintQuery, type PrintProgram } from './queries.ts';

const LINES = [260, 200] as const;

type PrintedVersion = PrintProgram['ruleSets']['edges'][number]['node'];

/** The versions at which the small print became another one, newest first. */
function changesIn(versions: readonly PrintedVersion[]): readonly PrintedVersion[] {
  return versions.filter(({ documentHash }, at) => {
    const before = versions[at + 1];
    return before === undefined ? documentHash !== null : before.documentHash !== documentHash;
  });
}

function NowPrint({ program }: { readonly program: PrintProgram }): JSX.Element {
  const { t } = useTranslation('settings');
  const { document } = program;
  return (
    <section className="panel" aria-labelledby="print-now">
      <div className="panel-head">
        <h2 id="print-now">{t('print.now')}</h2>
      </div>
      {document === null ? (
        <p className="part settings-words">{t('print.none')}</p>
      ) : (
        <div className="part settings-stack">
          <div
            className="settings-text settings-print"
            role="region"
            aria-label={t('print.text')}
            tabIndex={0}
          >
            <pre>{document.text}</pre>
          </div>
          <p className="fine">{t('print.hash')}</p>
          <code className="settings-code">{document.hash}</code>
          <CopyButton text={document.hash} label={t('print.copyHash')} />
        </div>
      )}
    </section>
  );
}

/** The small print: what is in force, every version of it, and a new one. */
export function PrintDesk(): JSX.Element {
  const { t, i18n } = useTranslation('settings');
  return (
    <Asked
      of={usePolled(PrintQuery)}
      lines={LINES}
      isStale={({ program }) => program?.ruleSets.stale === true}
    >
      {({ program }) => {
        if (program === null) return null;
        const versions = changesIn(program.ruleSets.edges.map(({ node }) => node));
        const dayOf = (epoch: number): string =>
          showDay(epochBegins(program.clock, epoch), i18n.language);
        return (
          <div className="work print-work">
            <aside>
              <NowPrint program={program} />
              {versions.length > 0 && (
                <section className="panel" aria-labelledby="print-versions">
                  <div className="panel-head">
                    <h2 id="print-versions">{t('print.versions')}</h2>
                  </div>
                  <ul>
                    {versions.map((version) => (
                      <PrintVersion
                        key={version.id}
                        id={version.id}
                        hash={version.documentHash}
                        title={t('print.version', {
                          version: version.version,
                          day: dayOf(version.fromEpoch),
                        })}
                      />
                    ))}
                  </ul>
                </section>
              )}
            </aside>
            <div>
              <NewPrintPanel program={program} />
            </div>
          </div>
        );
      }}
    </Asked>
  );
}
