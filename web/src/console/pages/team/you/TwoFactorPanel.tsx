import { Button, Modal } from '@mantine/core';
import { useEffect, useLayoutEffect, useRef, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ActButton } from '../../../access/ActButton.tsx';
import { useSignedIn, useWorkplace } from '../../../access/workplace.ts';
import { BackupCodes } from './BackupCodes.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { ScanStep } from './ScanStep.tsx';

type Codes = readonly string[];

/** How far setting it up is. What is begun is nowhere but here: a page that is loaded anew begins again, and nothing is harmed. */
type Step =
  | { readonly name: 'rest' | 'password' }
  /** `isLost`: a code was sent, and no answer came. */
  | { readonly name: 'scan'; readonly uri: string; readonly codes: Codes; readonly isLost: boolean }
  | { readonly name: 'codes'; readonly codes: Codes };

const REST: Step = { name: 'rest' };

const codesIn = (body: Readonly<Record<string, unknown>>): Codes => body['backupCodes'] as Codes;

/** What is shown: where a code was taken and the answer was lost, it goes on as after the answer. */
function shownOf(step: Step, isOn: boolean): Step {
  if (!isOn || step.name === 'rest' || step.name === 'codes') return step;
  return step.name === 'scan' && step.isLost ? { name: 'codes', codes: step.codes } : REST;
}

/** What can be done once it is on: new backup codes, and turning it off. */
function WaysWhenOn({ onCodes }: { readonly onCodes: (codes: Codes) => void }): JSX.Element {
  const { t } = useTranslation('team');
  const { t: words } = useTranslation('console');
  const { role } = useWorkplace();
  const [asked, setAsked] = useState<'renew' | 'turnOff' | null>(null);
  const close = (): void => setAsked(null);
  return (
    <>
      <div className="ask-ways">
        <Button variant="default" onClick={() => setAsked('renew')}>
          {t('twoFactor.renew')}
        </Button>
        <Button variant="default" className="danger" onClick={() => setAsked('turnOff')}>
          {t('twoFactor.turnOff')}
        </Button>
      </div>
      <Modal
        opened={asked === 'renew'}
        onClose={close}
        title={t('twoFactor.renewTitle')}
        closeButtonProps={{ 'aria-label': words('ask.close') }}
      >
        <PasswordForm
          act="renew"
          go={t('twoFactor.renew')}
          onLeave={close}
          onDone={(body) => {
            close();
            onCodes(codesIn(body));
          }}
        >
          <p>{t('twoFactor.renewWords')}</p>
        </PasswordForm>
      </Modal>
      <Modal
        opened={asked === 'turnOff'}
        onClose={close}
        title={t('twoFactor.turnOffTitle')}
        closeButtonProps={{ 'aria-label': words('ask.close') }}
      >
        <PasswordForm
          act="turnOff"
          go={t('twoFactor.turnOff')}
          isDanger
          {...{ onLeave: close }}
          onDone={close}
        >
          <p>{t('twoFactor.turnOffWords')}</p>
          {role === 'OWNER' && <p>{t('twoFactor.turnOffOwner')}</p>}
        </PasswordForm>
      </Modal>
    </>
  );
}

/** The authenticator app of the person: set up, turned off, and its backup codes. */
export function TwoFactorPanel(): JSX.Element {
  const { t } = useTranslation('team');
  const { person } = useSignedIn();
  const { role } = useWorkplace();
  const [step, setStep] = useState<Step>(REST);
  const title = useRef<HTMLHeadingElement>(null);
  const isOn = person.hasTwoFactor;
  const shown = shownOf(step, isOn);
  // What was left behind is not come back to when it is turned off.
  if (shown !== step) setStep(shown);
  const isAtRest = shown.name === 'rest';
  const wasOn = useRef(isOn);
  useLayoutEffect(() => {
    const isChanged = wasOn.current !== isOn;
    wasOn.current = isOn;
    // What had the focus is gone with what could be done before.
    if (isChanged && isAtRest && document.activeElement === document.body) title.current?.focus();
  }, [isOn, isAtRest]);
  const leave = (): void => {
    setStep(REST);
    title.current?.focus();
  };
  const part = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In a sheet it has the focus by itself; there it must not be taken before the sheet knows where it goes back to.
    if (shown.name === 'password') part.current?.querySelector('input')?.focus();
  }, [shown.name]);
  return (
    <section className="panel" aria-labelledby="two-factor">
      <div className="panel-head">
        <h2 id="two-factor" ref={title} tabIndex={-1}>
          {t('twoFactor.title')}
        </h2>
        <span className={isOn ? 'tag better' : 'tag waiting'}>
          {isOn ? t('twoFactor.on') : t('twoFactor.off')}
        </span>
      </div>
      <div className="part you-part" ref={part}>
        {isAtRest && (
          <>
            <p>
              {isOn
                ? t('twoFactor.isOn')
                : t(role === 'OWNER' ? 'twoFactor.whyOwner' : 'twoFactor.why')}
            </p>
            {isOn ? (
              <WaysWhenOn onCodes={(codes) => setStep({ name: 'codes', codes })} />
            ) : (
              <ActButton needs="ANYBODY" onClick={() => setStep({ name: 'password' })}>
                {t('twoFactor.setUp')}
              </ActButton>
            )}
          </>
        )}
        {shown.name === 'password' && (
          <PasswordForm
            act="setUp"
            go={t('twoFactor.goOn')}
            onLeave={leave}
            onDone={(body) =>
              setStep({
                ...{ name: 'scan', uri: body['totpURI'] as string, codes: codesIn(body) },
                isLost: false,
              })
            }
          >
            <p>{t('twoFactor.first')}</p>
          </PasswordForm>
        )}
        {shown.name === 'scan' && (
          <ScanStep
            uri={shown.uri}
            onLeave={leave}
            onLost={() => setStep({ ...shown, isLost: true })}
            onDone={() => setStep({ name: 'codes', codes: shown.codes })}
          />
        )}
        {shown.name === 'codes' && <BackupCodes codes={shown.codes} onKept={leave} />}
      </div>
    </section>
  );
}
