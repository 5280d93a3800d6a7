import { NativeSelect } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { FragmentOf } from '../../../../shared/graphql/graphql.ts';
import { When } from '../../../../shared/ui/Values.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { AskFirst } from '../../../parts/AskFirst.tsx';
import { useAct } from '../../../writes/useAct.ts';
import { SecretOnce } from '../parts/SecretOnce.tsx';
import { ApiKeyRevoke, ApiKeyRotate, keyIn, type KeyFields } from './queries.ts';

export type KeptKey = FragmentOf<typeof KeyFields>;

const HOURS = ['1', '24', '168'] as const;

function KeyState({ apiKey }: { readonly apiKey: KeptKey }): JSX.Element {
  const { t } = useTranslation('developers');
  const { revokedAt, expiresAt } = apiKey;
  if (revokedAt !== null) return <span className="tag worse">{t('keys.revoked')}</span>;
  if (expiresAt === null) return <span className="tag better">{t('keys.good')}</span>;
  const isOver = Date.parse(expiresAt) <= Date.now();
  return (
    <span className={isOver ? 'tag worse' : 'tag waiting'}>
      {isOver ? t('keys.ended') : t('keys.ends')} <When iso={expiresAt} />
    </span>
  );
}

/** One key: what it may do, when it was used, and how it is ended. */
export function KeyRow({ apiKey }: { readonly apiKey: KeptKey }): JSX.Element {
  const { t } = useTranslation('developers');
  const [asked, setAsked] = useState<'rotate' | 'revoke' | null>(null);
  const [hours, setHours] = useState('24');
  const { id } = apiKey;
  const close = (): void => setAsked(null);
  const rotate = useAct(
    { name: `apiKeyRotate:${id}`, kind: 'apiKeyRotate', document: ApiKeyRotate },
    close,
  );
  const revoke = useAct(
    { name: `apiKeyRevoke:${id}`, kind: 'apiKeyRevoke', document: ApiKeyRevoke },
    close,
  );
  const secret = keyIn(rotate.write?.payload);
  const isOver =
    apiKey.revokedAt !== null ||
    (apiKey.expiresAt !== null && Date.parse(apiKey.expiresAt) <= Date.now());
  return (
    <li className="part dev-item">
      <div className="dev-item-head">
        <h3>{apiKey.name}</h3>
        <KeyState apiKey={apiKey} />
      </div>
      <p className="dev-facts">
        <code>{id}</code>
        <span>
          {t('keys.made')} <When iso={apiKey.createdAt} part="day" />
        </span>
        <span>
          {apiKey.lastUsedAt === null ? (
            t('keys.unused')
          ) : (
            <>
              {t('keys.used')} <When iso={apiKey.lastUsedAt} />
            </>
          )}
        </span>
        <span>{apiKey.program === null ? t('keys.whereAll') : apiKey.program.name}</span>
      </p>
      <ul className="dev-tags">
        {apiKey.scopes.map((scope) => (
          <li key={scope} className="tag">
            {t(`scopes.${scope}.title`)}
          </li>
        ))}
      </ul>
      {secret !== null && (
        <SecretOnce
          title={t('keys.rotated')}
          words={t('keys.once')}
          secret={secret}
          onKept={() => rotate.forget()}
        />
      )}
      {!isOver && (
        <div className="dev-ways">
          <ActButton needs="OWNER" variant="default" onClick={() => setAsked('rotate')}>
            {t('keys.rotate')}
          </ActButton>
          <ActButton needs="OWNER" variant="default" onClick={() => setAsked('revoke')}>
            {t('keys.revoke')}
          </ActButton>
        </div>
      )}
      <AskFirst
        isOpen={asked === 'rotate'}
        title={t('keys.rotateTitle', { name: apiKey.name })}
        go={t('keys.rotate')}
        needs="OWNER"
        name={`apiKeyRotate:${id}`}
        isUnderWay={rotate.isUnderWay}
        onClose={close}
        onGo={() => rotate.start({ id, oldGoodForHours: Number(hours) })}
      >
        <p>{t('keys.rotateWords')}</p>
        <NativeSelect
          label={t('keys.oldGood')}
          data={HOURS.map((value) => ({ value, label: t(`hours.${value}`) }))}
          value={hours}
          onChange={({ currentTarget }) => setHours(currentTarget.value)}
        />
      </AskFirst>
      <AskFirst
        isOpen={asked === 'revoke'}
        isDanger
        title={t('keys.revokeTitle', { name: apiKey.name })}
        go={t('keys.revoke')}
        needs="OWNER"
        name={`apiKeyRevoke:${id}`}
        isUnderWay={revoke.isUnderWay}
        onClose={close}
        onGo={() => revoke.start({ id })}
      >
        <p>{t('keys.revokeWords')}</p>
      </AskFirst>
    </li>
  );
}
