import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { CopyButton } from '../../../parts/CopyButton.tsx';
import { useAct } from '../../../writes/useAct.ts';
import { OperatorAccept, OperatorOffer } from './queries.ts';

const NOBODY = `0x${'0'.repeat(40)}` as const;
const ACCEPT = 'operatorAccept';
const TAKE_BACK = 'operatorOffer:back';

/** Second of the two steps: the account that was offered the role accepts it, or the offer is taken back. */
export function OfferedPanel({
  offeredTo,
  isBack,
}: {
  readonly offeredTo: string;
  /** Whether it is the service's own account, which needs no wallet. */
  readonly isBack: boolean;
}): JSX.Element {
  const { t } = useTranslation('settings');
  const accept = useAct({ name: ACCEPT, kind: 'operatorAccept', document: OperatorAccept });
  const takeBack = useAct({ name: TAKE_BACK, kind: 'operatorOffer', document: OperatorOffer });
  return (
    <section className="panel" aria-labelledby="offered">
      <div className="panel-head">
        <h2 id="offered">{t('offered.title')}</h2>
        <span className="tag waiting">{t('offered.waits')}</span>
      </div>
      <div className="part settings-stack">
        <p>{isBack ? t('offered.wordsBack') : t('offered.words')}</p>
        <code className="settings-code">{offeredTo}</code>
        <CopyButton text={offeredTo} label={t('operator.copy')} />
        <p className="settings-warn">{isBack ? t('offered.thenBack') : t('offered.then')}</p>
        <div className="settings-ways">
          <ActButton
            needs="OWNER"
            loading={accept.isUnderWay}
            onClick={() => accept.start(isBack ? {} : { account: offeredTo as `0x${string}` })}
          >
            {isBack ? t('offered.acceptBack') : t('offered.accept')}
          </ActButton>
          <ActButton
            needs="OWNER"
            variant="default"
            loading={takeBack.isUnderWay}
            onClick={() => takeBack.start({ operator: NOBODY })}
          >
            {t('offered.takeBack')}
          </ActButton>
        </div>
        <TransactionStatus name={ACCEPT} />
        <TransactionStatus name={TAKE_BACK} />
      </div>
    </section>
  );
}
