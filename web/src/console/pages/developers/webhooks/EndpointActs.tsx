import { NativeSelect } from '@mantine/core';
import { useCallback, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { usePoller } from '../../../../shared/polling/usePolled.ts';
import { ActButton } from '../../../access/ActButton.tsx';
import { AskFirst } from '../../../parts/AskFirst.tsx';
import { useAct } from '../../../writes/useAct.ts';
import { SecretOnce } from '../parts/SecretOnce.tsx';
import {
  EndpointDelete,
  EndpointTest,
  EndpointUpdate,
  ResendSince,
  resentIn,
  SecretRotate,
  secretIn,
} from './queries.ts';
import type { KeptEndpoint } from './WebhooksPage.tsx';

const HOURS = ['0', '24', '168'] as const;
const SINCE_DAYS = ['1', '7', '29'] as const;
const DAY_MS = 86_400_000;

/** Sends again what an endpoint did not take. */
function Since({ id }: { readonly id: string }): JSX.Element {
  const { t } = useTranslation('developers');
  const [days, setDays] = useState('1');
  const name = `webhookResendSince:${id}`;
  const act = useAct({ name, kind: 'webhookResendSince', document: ResendSince });
  const { resent, nextSince } = resentIn(act.write?.phase === 'done' ? act.write.payload : null);
  return (
    <section className="part dev-body">
      <h3>{t('since.title')}</h3>
      <p className="dev-why">{t('since.words')}</p>
      <NativeSelect
        label={t('since.label')}
        data={SINCE_DAYS.map((value) => ({
          value,
          label: t('since.days', { count: Number(value) }),
        }))}
        value={days}
        onChange={({ currentTarget }) => setDays(currentTarget.value)}
      />
      <ActButton
        needs="MANAGER"
        variant="default"
        loading={act.isUnderWay}
        onClick={() =>
          act.start({
            endpointId: id,
            since: new Date(Date.now() - Number(days) * DAY_MS).toISOString(),
          })
        }
      >
        {t('since.go')}
      </ActButton>
      {resent === null ? (
        <TransactionStatus name={name} />
      ) : (
        <p role="status">{t('since.resent', { count: resent })}</p>
      )}
      {nextSince !== null && (
        <>
          <p className="dev-why">{t('since.more')}</p>
          <ActButton
            needs="MANAGER"
            variant="default"
            onClick={() => act.start({ endpointId: id, since: nextSince })}
          >
            {t('since.goOn')}
          </ActButton>
        </>
      )}
    </section>
  );
}

/** The write that deletes an endpoint. */
export const deletionOf = (id: string): { readonly name: string; readonly kind: string } => {
  const kind = 'webhookEndpointDelete';
  return { name: `${kind}:${id}`, kind };
};

/** What can be done with an endpoint. */
export function EndpointActs({ endpoint }: { readonly endpoint: KeptEndpoint }): JSX.Element {
  const { t } = useTranslation('developers');
  const poller = usePoller();
  const [, navigate] = useLocation();
  const [asked, setAsked] = useState<'rotate' | 'delete' | null>(null);
  const [hours, setHours] = useState('24');
  const { id, state } = endpoint;
  const close = useCallback(() => setAsked(null), []);
  const leave = useCallback(() => navigate('/developers/webhooks'), [navigate]);
  const look = useCallback(() => poller.quicken(), [poller]);
  const nameOf = (kind: string) => ({ name: `${kind}:${id}`, kind });
  const test = useAct({ ...nameOf('webhookTest'), document: EndpointTest }, look);
  const update = useAct({ ...nameOf('webhookEndpointUpdate'), document: EndpointUpdate });
  const rotate = useAct({ ...nameOf('webhookSecretRotate'), document: SecretRotate }, close);
  const remove = useAct({ ...deletionOf(id), document: EndpointDelete }, leave);
  const secret = secretIn(rotate.write?.payload);
  const isEnabled = state === 'ENABLED';
  return (
    <aside className="panel" aria-label={t('hooks.acts')}>
      {secret !== null && (
        <SecretOnce
          title={t('secret.isMade')}
          words={t('hooks.once')}
          secret={secret}
          onKept={() => rotate.forget()}
        />
      )}
      <section className="part dev-body">
        <h3>{t('hooks.test')}</h3>
        <p className="dev-why">{t('hooks.testWords')}</p>
        <ActButton
          needs="MANAGER"
          barrier={isEnabled ? null : t('hooks.notEnabled')}
          loading={test.isUnderWay}
          onClick={() => test.start({ id })}
        >
          {t('hooks.testGo')}
        </ActButton>
        {test.write?.phase === 'done' ? (
          <p role="status">{t('hooks.tested')}</p>
        ) : (
          <TransactionStatus name={`webhookTest:${id}`} />
        )}
      </section>
      <Since id={id} />
      <section className="part dev-body">
        <h3>{t('hooks.state')}</h3>
        <p className="dev-why">{isEnabled ? t('hooks.disableWords') : t('hooks.enableWords')}</p>
        <ActButton
          needs="MANAGER"
          variant="default"
          loading={update.isUnderWay}
          onClick={() => update.start({ id, isEnabled: !isEnabled })}
        >
          {isEnabled ? t('hooks.disable') : t('hooks.enable')}
        </ActButton>
        <TransactionStatus name={`webhookEndpointUpdate:${id}`} />
      </section>
      <section className="part dev-body">
        <h3>{t('secret.title')}</h3>
        <p className="dev-why">{t('secret.words')}</p>
        <ActButton needs="MANAGER" variant="default" onClick={() => setAsked('rotate')}>
          {t('secret.rotate')}
        </ActButton>
      </section>
      <section className="part dev-body">
        <h3>{t('hooks.deleteTitle')}</h3>
        <p className="dev-why">{t('hooks.deleteWords')}</p>
        <ActButton needs="MANAGER" variant="default" onClick={() => setAsked('delete')}>
          {t('hooks.delete')}
        </ActButton>
      </section>
      <AskFirst
        isOpen={asked === 'rotate'}
        title={t('secret.rotateTitle')}
        go={t('secret.rotate')}
        needs="MANAGER"
        name={`webhookSecretRotate:${id}`}
        isUnderWay={rotate.isUnderWay}
        onClose={close}
        onGo={() => rotate.start({ id, oldGoodForHours: Number(hours) })}
      >
        <p>{t('secret.rotateWords')}</p>
        <NativeSelect
          label={t('secret.oldGood')}
          data={HOURS.map((value) => ({ value, label: t(`hours.${value}`) }))}
          value={hours}
          onChange={({ currentTarget }) => setHours(currentTarget.value)}
        />
      </AskFirst>
      <AskFirst
        isOpen={asked === 'delete'}
        isDanger
        title={t('hooks.deleteTitle')}
        go={t('hooks.delete')}
        needs="MANAGER"
        name={deletionOf(id).name}
        isUnderWay={remove.isUnderWay}
        onClose={close}
        onGo={() => remove.start({ id })}
      >
        <p>{t('hooks.deleteWords')}</p>
      </AskFirst>
    </aside>
  );
}
