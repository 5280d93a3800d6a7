import { Button, TextInput } from '@mantine/core';
import { useCallback, useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { readOrderCode } from '../../../../shared/orders/orderCode.ts';
import { useWorkplace } from '../../../access/workplace.ts';
import { DeskHead } from '../../../parts/DeskHead.tsx';
import { useCamera } from './useCamera.ts';
import './scan.css';

const NUMBER = /^[1-9]\d{0,9}$/;

type Refusal = 'nonsense' | 'otherProgram';

/** Opens the page of an order by the code that its member shows: by the camera, by a hand scanner, or by its number. */
export function ScanDesk(): JSX.Element {
  const { t } = useTranslation('orders');
  const { programId } = useWorkplace();
  const [, navigate] = useLocation();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [typed, setTyped] = useState('');
  const [flaw, setFlaw] = useState<Refusal | null>(null);
  const [tries, setTries] = useState(0);
  /** Goes to the order of a code; says why not. */
  const open = useCallback(
    (text: string): Refusal | null => {
      const code = readOrderCode(text);
      if (code === null) return 'nonsense';
      if (code.programId !== programId) return 'otherProgram';
      navigate(`/orders/${code.number}?from=scan`);
      return null;
    },
    [programId, navigate],
  );
  const { state, video } = useCamera(
    useCallback((text) => setRefusal(open(text)), [open]),
    tries,
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const text = typed.trim();
    if (NUMBER.test(text)) navigate(`/orders/${text}?from=scan`);
    // A scanner that is held in the hand types what the code says.
    else setFlaw(open(text));
  };
  const isOff = state === 'refused' || state === 'missing' || state === 'busy';
  return (
    <>
      <DeskHead
        title={t('scan.title')}
        lead={t('scan.lead')}
        crumbs={[{ words: t('title'), href: '/orders' }]}
      />
      <div className="scan">
        <section className="panel" aria-label={t('scan.camera')}>
          <div className={`scan-view ${state}`}>
            <video ref={video} muted playsInline aria-hidden="true" />
            {state === 'on' && <span className="scan-frame" aria-hidden="true" />}
            <div className="scan-words" role="status">
              {state === 'asking' && <p>{t('scan.states.asking')}</p>}
              {isOff && (
                <>
                  <p>{t(`scan.states.${state}`)}</p>
                  <Button variant="default" onClick={() => setTries(tries + 1)}>
                    {t('scan.again')}
                  </Button>
                </>
              )}
            </div>
          </div>
          <p className={`part scan-said ${refusal === null ? '' : 'bad'}`} role="status">
            {refusal === null ? t(isOff ? 'scan.off' : 'scan.hint') : t(`scan.refused.${refusal}`)}
          </p>
        </section>
        <form className="panel" aria-labelledby="by-number" noValidate onSubmit={submit}>
          <div className="part scan-form">
            <h2 id="by-number">{t('scan.byNumber')}</h2>
            <TextInput
              label={t('scan.number')}
              description={t('scan.numberWhy')}
              autoComplete="off"
              error={flaw === null ? undefined : t(`scan.typed.${flaw}`)}
              value={typed}
              onChange={({ currentTarget }) => {
                setTyped(currentTarget.value);
                setFlaw(null);
              }}
            />
            <Button type="submit" disabled={typed.trim() === ''}>
              {t('scan.open')}
            </Button>
          </div>
        </form>
      </div>
    </>
  );
}
