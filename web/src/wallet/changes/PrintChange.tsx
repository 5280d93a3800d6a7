import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { differingPrint, printInLanguage } from '../terms/smallPrint.ts';
import { PrintPieces, SmallPrintText } from '../terms/SmallPrintText.tsx';
import type { ChangeParts } from './data/queries.ts';

/** What another small print says that this one does not. Nothing where it stays. */
export function PrintChange({ viewer, change, groups }: ChangeParts): JSX.Element | null {
  const { t, i18n } = useTranslation('wallet');
  if (groups?.some(({ about }) => about === 'smallPrint') !== true) return null;
  const text = change.proposedRules?.document?.text;
  // What is in force now is what a pending change would replace; of an older one the versions tell it.
  const old = change.state === 'PENDING' ? viewer.program.document?.text : undefined;
  const of = (whole: string): string => printInLanguage(whole, i18n.language);
  const pieces = text === undefined || old === undefined ? null : differingPrint(of(old), of(text));
  return (
    <section className="card" aria-labelledby="new-print-title">
      <h2 id="new-print-title">{t('changes.print.title')}</h2>
      {pieces !== null && pieces.gone.length > 0 && (
        <>
          <h3 className="print-side">{t('changes.print.gone')}</h3>
          <PrintPieces pieces={pieces.gone} />
        </>
      )}
      {pieces !== null && pieces.come.length > 0 && (
        <>
          <h3 className="print-side">{t('changes.print.come')}</h3>
          <PrintPieces pieces={pieces.come} />
        </>
      )}
      {text === undefined ? (
        <p>
          {change.proposedRules?.documentHash == null
            ? t('changes.print.ends')
            : t('rules.printMissing')}
        </p>
      ) : (
        <details className="details">
          <summary>{t('changes.print.whole')}</summary>
          <SmallPrintText text={text} />
        </details>
      )}
    </section>
  );
}
