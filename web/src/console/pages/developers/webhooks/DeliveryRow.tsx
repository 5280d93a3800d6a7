import { useCallback, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../../shared/graphql/graphql.ts';
import { usePoller } from '../../../../shared/polling/usePolled.ts';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { When } from '../../../../shared/ui/Values.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { useAct } from '../../../writes/useAct.ts';
import { DeliveryResend, type DeliveriesQuery } from './queries.ts';

export type KeptDelivery = ResultOf<
  typeof DeliveriesQuery
>['webhookDeliveries']['edges'][number]['node'];

const TAGS = {
  DELIVERED: 'better',
  RETRYING: 'waiting',
  WAITING: 'waiting',
  DEAD: 'worse',
} as const;

function Attempts({ attempts }: Pick<KeptDelivery, 'attempts'>): JSX.Element {
  const { t } = useTranslation('developers');
  return (
    <details className="dev-attempts">
      <summary>{t('log.attempts', { count: attempts.length })}</summary>
      <ol>
        {attempts.map(({ at, status, failure, answer, durationMs }) => (
          <li key={at}>
            <When iso={at} />{' '}
            <b>
              {status === null
                ? t(`log.failures.${failure ?? 'UNREACHABLE'}`)
                : t('log.answered', { status })}
            </b>
            {' · '}
            <span>{t('log.took', { ms: durationMs })}</span>
            {answer !== '' && <code className="dev-answer">{answer}</code>}
          </li>
        ))}
      </ol>
    </details>
  );
}

/** One event on its way to an endpoint: how far it is, what was answered, and sending it again. */
export function DeliveryRow({ delivery }: { readonly delivery: KeptDelivery }): JSX.Element {
  const { t } = useTranslation('developers');
  const { id, type, eventId, state, createdAt, nextAttemptAt, attempts } = delivery;
  const name = `webhookResend:${id}`;
  const poller = usePoller();
  const look = useCallback(() => poller.quicken(), [poller]);
  const act = useAct({ name, kind: 'webhookResend', document: DeliveryResend }, look);
  return (
    <li className="part dev-item">
      <div className="dev-item-head">
        <h3>
          <code>{type}</code>
        </h3>
        <span className={`tag ${TAGS[state]}`}>{t(`log.states.${state}`)}</span>
      </div>
      <p className="dev-facts">
        <When iso={createdAt} />
        <code>{eventId}</code>
        {nextAttemptAt !== null && state === 'RETRYING' && (
          <span>
            {t('log.next')} <When iso={nextAttemptAt} />
          </span>
        )}
      </p>
      {attempts.length > 0 && <Attempts attempts={attempts} />}
      <div className="dev-ways">
        <ActButton
          needs="MANAGER"
          variant="default"
          loading={act.isUnderWay}
          onClick={() => act.start({ deliveryId: id })}
        >
          {t('log.resend')}
        </ActButton>
        {act.write?.phase === 'done' ? (
          <span role="status">{t('log.isSent')}</span>
        ) : (
          <TransactionStatus name={name} />
        )}
      </div>
    </li>
  );
}
