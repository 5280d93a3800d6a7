import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { postAuth, type AuthAnswer } from '../../signIn/authRoutes.ts';
import { DoorPage } from '../../signIn/DoorPage.tsx';
import { SignInForm } from '../../signIn/SignInForm.tsx';
import { wantedAddress } from '../../signIn/SignInPage.tsx';
import { useAuthWords } from '../../signIn/useAuthWords.ts';
import { LetterSent } from './LetterSent.tsx';
import { verifiedAddress } from './addresses.ts';

/** Where to go after the first sign-in. */
function nextAddress(query: URLSearchParams): string {
  const organisation = query.get('organisation') ?? '';
  if (organisation === '') return wantedAddress(location.search);
  return `/console/new-organisation?${new URLSearchParams({ name: organisation }).toString()}`;
}

/** Sends the letter again to an address whose link was too old. */
function AskAgain({ query }: { readonly query: URLSearchParams }): JSX.Element {
  const { t } = useTranslation('signUp');
  const authWords = useAuthWords();
  const [email, setEmail] = useState('');
  const [answer, setAnswer] = useState<AuthAnswer | null>(null);
  const [isAsking, setAsking] = useState(false);
  const send = async (): Promise<void> => {
    setAsking(true);
    const callbackURL = verifiedAddress({
      to: query.get('to'),
      organisation: query.get('organisation') ?? '',
    });
    setAnswer(await postAuth('/send-verification-email', { email: email.trim(), callbackURL }));
    setAsking(false);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isAsking) void send();
  };
  if (answer?.isGood === true) {
    return (
      <LetterSent
        email={email.trim()}
        isMailed={answer.isMailed}
        words={t('letter.confirmIfNeeded')}
      />
    );
  }
  return (
    <form className="sign-in-form" onSubmit={submit}>
      <TextInput
        type="email"
        name="email"
        autoComplete="username"
        label={t('email')}
        required
        withAsterisk={false}
        error={answer?.code == null ? null : authWords(answer.code)}
        value={email}
        onChange={({ currentTarget }) => setEmail(currentTarget.value)}
      />
      <Button type="submit" fullWidth loading={isAsking}>
        {t('verified.again')}
      </Button>
    </form>
  );
}

/** Where the link of the letter leads that confirms an address: the first sign-in, or why the link did not work. */
export function VerifiedPage(): JSX.Element {
  const { t } = useTranslation('signUp');
  const query = new URLSearchParams(location.search);
  if (query.has('error')) {
    return (
      <DoorPage title={t('verified.tooOld')} lead={t('verified.tooOldLead')}>
        <AskAgain query={query} />
      </DoorPage>
    );
  }
  return (
    <DoorPage title={t('verified.title')} lead={t('verified.lead')}>
      <SignInForm onDone={() => location.assign(nextAddress(query))} />
    </DoorPage>
  );
}
