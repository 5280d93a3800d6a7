import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { graphql } from '../../../../shared/graphql/graphql.ts';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { When } from '../../../../shared/ui/Values.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { NothingYet } from '../../../parts/NothingYet.tsx';
import { useRefusedWords } from './useRefusedWords.ts';
import './refused.css';

const RefusedQuery = graphql(`
  query Refused {
    program {
      rejectedActions {
        code
        count
        samples {
          at
          memberId
          eventId
          field
          message
        }
      }
    }
  }
`);

const LINES = [160, 160] as const;

/** Actions that were not taken in the last seven days, by the reason, each with what puts it right. */
export function RefusedPage(): JSX.Element {
  const { t } = useTranslation('developers');
  const refusedWords = useRefusedWords();
  return (
    <Asked of={usePolled(RefusedQuery)} lines={LINES}>
      {({ program }) => {
        const all = program?.rejectedActions ?? [];
        if (all.length === 0) {
          return (
            <NothingYet title={t('refused.none')} words={t('refused.noneWords')}>
              <Link className="button quiet" href="/developers/connect">
                {t('tabs.connect')}
              </Link>
            </NothingYet>
          );
        }
        return (
          <>
            {all.map(({ code, count, samples }) => (
              <section key={code} className="panel" aria-label={refusedWords(code)}>
                <div className="panel-head">
                  <h2>{refusedWords(code)}</h2>
                  <span className="tag worse">{t('refused.count', { count })}</span>
                </div>
                <p className="part dev-why">
                  <code>{code}</code> · {t('refused.fix')}
                </p>
                <div
                  className="part dev-scroll"
                  role="region"
                  aria-label={t('refused.samples')}
                  tabIndex={0}
                >
                  <table className="dev-table dev-refused">
                    <thead>
                      <tr>
                        <th scope="col">{t('refused.at')}</th>
                        <th scope="col">{t('refused.member')}</th>
                        <th scope="col">{t('refused.event')}</th>
                        <th scope="col">{t('refused.field')}</th>
                        <th scope="col">{t('refused.message')}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {samples.map((sample, index) => (
                        <tr key={`${sample.at} ${index}`}>
                          <td>
                            <When iso={sample.at} />
                          </td>
                          <td>{sample.memberId}</td>
                          <td>{sample.eventId}</td>
                          <td>{sample.field !== null && <code>{sample.field}</code>}</td>
                          <td lang="en">{sample.message}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              </section>
            ))}
          </>
        );
      }}
    </Asked>
  );
}
