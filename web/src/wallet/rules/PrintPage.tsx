import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { Details, Fact } from '../../shared/ui/Details.tsx';
import { RulesIcon } from '../../shared/ui/icons.tsx';
import { Empty } from '../../shared/ui/States.tsx';
import { Loaded, Page } from '../shell/Page.tsx';
import { differingPrint, printInLanguage } from '../terms/smallPrint.ts';
import { PrintPieces, SmallPrintText } from '../terms/SmallPrintText.tsx';
import { useVersion, type FoundVersion } from './useVersion.ts';
import './rules.css';

const LINES = [420];

/** What the text says that the one before did not, and the reverse. Nothing where it is the same, or the first. */
function PrintDifference({ found }: { readonly found: FoundVersion }): JSX.Element | null {
  const { t, i18n } = useTranslation('wallet');
  const text = found.version?.document?.text;
  const old = found.before?.document?.text;
  if (text === undefined || old === undefined || text === old) return null;
  const { gone, come } = differingPrint(
    printInLanguage(old, i18n.language),
    printInLanguage(text, i18n.language),
  );
  return (
    <section className="card" aria-labelledby="other-title">
      <h2 id="other-title">{t('rules.different')}</h2>
      {gone.length > 0 && (
        <>
          <h3 className="print-side">{t('changes.print.gone')}</h3>
          <PrintPieces pieces={gone} />
        </>
      )}
      {come.length > 0 && (
        <>
          <h3 className="print-side">{t('changes.print.come')}</h3>
          <PrintPieces pieces={come} />
        </>
      )}
    </section>
  );
}

/** The small print of a version, to be read. */
export function PrintPage(): JSX.Element {
  const { t } = useTranslation('wallet');
  const { version: number = '' } = useParams<{ version: string }>();
  const found = useVersion(Number(number));
  return (
    <Page title={t('rules.print')} back="/rules">
      <Loaded polled={found} lines={LINES} onAgain={found.again}>
        {(data) => {
          const { version } = data;
          const text = version?.document?.text;
          if (version === null || version.documentHash === null) {
            return <Empty picture={<RulesIcon />} words={t('rules.noPrint')} />;
          }
          return (
            <>
              <p className="page-note">{t('rules.printOf', { version: version.version })}</p>
              <PrintDifference found={data} />
              <section className="card">
                {text === undefined ? (
                  <p>{t('rules.printMissing')}</p>
                ) : (
                  <SmallPrintText text={text} />
                )}
                <Details>
                  <Fact name={t('rules.printHash')}>{version.documentHash}</Fact>
                </Details>
              </section>
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
