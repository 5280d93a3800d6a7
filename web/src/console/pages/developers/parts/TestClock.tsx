import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../../../shared/graphql/graphql.ts';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { When } from '../../../../shared/ui/Values.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { useAct } from '../../../writes/useAct.ts';

const ClockMove = graphql(`
  mutation ClockMove($input: ClockMoveInput!) {
    payload: clockMove(input: $input) {
      after
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const TARGETS = ['NEXT_DAY', 'NEXT_ROUND'] as const;

/** Has tomorrow come, on a test chain that nobody else goes by. @param props.now of the chain */
export function TestClock({ now }: { readonly now: string }): JSX.Element {
  const { t } = useTranslation('developers');
  const act = useAct({ name: 'clockMove', kind: 'clockMove', document: ClockMove });
  const isFixed = act.write?.errors[0]?.code === 'CLOCK_FIXED';
  return (
    <section className="panel" aria-labelledby="dev-clock">
      <div className="panel-head">
        <h2 id="dev-clock">{t('clock.title')}</h2>
        <span className="tag">
          <When iso={now} />
        </span>
      </div>
      <div className="part dev-body">
        <p className="dev-why">{t('clock.words')}</p>
        <div className="dev-ways">
          {TARGETS.map((to) => (
            <ActButton
              key={to}
              needs="MANAGER"
              variant="default"
              disabled={act.isUnderWay}
              onClick={() => act.start({ to })}
            >
              {t(`clock.${to}`)}
            </ActButton>
          ))}
        </div>
        {isFixed ? (
          <p className="form-refused" role="alert">
            {t('clock.fixed')}
          </p>
        ) : (
          <TransactionStatus name="clockMove" />
        )}
      </div>
    </section>
  );
}
