import { Button } from '@mantine/core';
import { useCallback, useEffect, useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type Client } from '../../../shared/graphql/client.ts';
import type { ResultOf } from '../../../shared/graphql/graphql.ts';
import { newIdempotencyKey } from '../../../shared/transactions/intents.ts';
import { TransactionStatus } from '../../../shared/transactions/TransactionStatus.tsx';
import { isFinal } from '../../../shared/transactions/transactionState.ts';
import { useErrorWords } from '../../../shared/ui/States.tsx';
import { useIsOnline } from '../../access/barrier.ts';
import { useSignedIn } from '../../access/workplace.ts';
import { useInRow } from '../../parts/useInRow.ts';
import { useAct } from '../../writes/useAct.ts';
import { stepOf, wrongByApi, wrongIn, type Wrong } from './draft/checks.ts';
import { Confirm } from './Confirm.tsx';
import { CreateProgress } from './CreateProgress.tsx';
import {
  forgetDraft,
  inputOf,
  keepProgramDraft,
  keptProgramDraft,
  LAST_STEP,
  newDraft,
  type ProgramDraft,
} from './draft/draft.ts';
import { ProgramCreate, type BeginningQuery } from './draft/queries.ts';
import { StepEarning } from './StepEarning.tsx';
import { StepForEver } from './StepForEver.tsx';
import { StepBuyback, StepName } from './steps.tsx';
import { Summary } from './Summary.tsx';

type BeginningOrganisation = NonNullable<ResultOf<typeof BeginningQuery>['organisation']>;
type Environments = BeginningOrganisation['environments'];

const STEPS = ['name', 'earning', 'buyback', 'forEver', 'confirm'] as const;

/** Time of the chain for tests, from when it was asked on. @param loadedAt by `performance.now()` */
const nowOf = (environments: Environments, loadedAt: number): number =>
  Date.parse(environments.find(({ environment }) => environment === 'TEST')?.now ?? '') +
  (performance.now() - loadedAt);

/** Tokens that other programs on the chain pay in, each once. */
function tokensOf({ environments, programs }: BeginningOrganisation) {
  const chain = environments.find(({ environment }) => environment === 'TEST')?.chainId;
  const tokens = programs
    .filter(({ chainId }) => chainId === chain)
    .map(({ settings }) => settings.settlementToken);
  return [...new Map(tokens.map((token) => [token.address, token])).values()];
}

/** Has the API check and simulate everything. @returns what it refuses */
async function tryOut(client: Client, draft: ProgramDraft, nowMs: number): Promise<Wrong> {
  try {
    const { payload } = await client.ask(ProgramCreate, {
      input: { ...inputOf(draft, nowMs), dryRun: true, idempotencyKey: newIdempotencyKey() },
    });
    return wrongByApi(payload.userErrors);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { '': error.code };
  }
}

/** Forgets what was wrong with some fields. */
const without = (wrong: Wrong, fields: readonly string[]): Wrong =>
  Object.fromEntries(
    Object.entries(wrong).filter(([field]) => !fields.includes(field.replace(/\..*$/, ''))),
  );

/** The way to the steps that were done, and where one is. */
function StepList({
  step,
  onGo,
}: {
  readonly step: number;
  readonly onGo: (step: number) => void;
}): JSX.Element {
  const { t } = useTranslation('newProgram');
  const row = useInRow<HTMLOListElement>(step);
  return (
    <ol className="np-steps" aria-label={t('steps.title')} ref={row}>
      {STEPS.map((name, index) => (
        <li key={name}>
          <button
            type="button"
            disabled={index + 1 > step}
            onClick={() => onGo(index + 1)}
            {...(index + 1 === step && { 'aria-current': 'step' as const })}
          >
            <span aria-hidden="true">{index + 1 < step ? '✓' : index + 1}</span>
            {t(`steps.${name}`)}
          </button>
        </li>
      ))}
    </ol>
  );
}

/** The steps to a new program, and how far it is once it was sent. */
export function Wizard({
  organisation,
  loadedAt,
}: {
  readonly organisation: BeginningOrganisation;
  readonly loadedAt: number;
}): JSX.Element {
  const { t } = useTranslation('newProgram');
  const errorWords = useErrorWords();
  const { apis } = useSignedIn();
  const isOnline = useIsOnline();
  const { id, environments, programs } = organisation;
  const tokens = tokensOf(organisation);
  const [draft, setDraft] = useState<ProgramDraft>(() => {
    const fresh = { ...newDraft((name) => t(`presets.${name}`)), token: tokens[0]?.address ?? '' };
    return keptProgramDraft(id) ?? fresh;
  });
  const [wrong, setWrong] = useState<Wrong>({});
  const [isTrying, setTrying] = useState(false);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  useEffect(() => keepProgramDraft(id, draft), [id, draft]);
  const act = useAct({ name: 'programCreate', kind: 'programCreate', document: ProgramCreate });
  const { write } = act;
  const refused = write !== null && write.phase !== 'done' && isFinal(write);
  const key = write?.idempotencyKey ?? null;
  useEffect(() => {
    if (!refused || write === null) return;
    const found = wrongByApi(write.errors);
    const [first = ''] = Object.keys(found);
    setWrong(found);
    if (first !== '') setDraft((known) => ({ ...known, step: stepOf(first) }));
    // Once for each that was refused.
  }, [refused, key]);
  const opened = useCallback(
    (programId: string) => {
      forgetDraft(id);
      // The page begins anew: the organisation has a program more.
      location.assign(`/console/p/${programId}/developers/connect`);
    },
    [id],
  );
  if (write !== null && !refused) {
    return <CreateProgress {...{ write, programs }} name={draft.name} onRead={opened} />;
  }
  const change = (part: Partial<ProgramDraft>): void => {
    setDraft((known) => ({ ...known, ...part }));
    // What is written anew is not wrong any more, as far as anybody knows.
    setWrong((known) => without(known, Object.keys(part)));
  };
  const goTo = (step: number): void => {
    change({ step });
    requestAnimationFrame(() => document.getElementById('np-step')?.focus());
  };
  const show = (found: Wrong): boolean => {
    setWrong(found);
    const [first] = Object.keys(found);
    if (first === undefined) return true;
    if (first !== '' && stepOf(first) !== draft.step) goTo(stepOf(first));
    // Where the reader looks for what to change.
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>('.np-step [aria-invalid="true"]')?.focus(),
    );
    return false;
  };
  const next = async (): Promise<void> => {
    if (!show(wrongIn(draft, draft.step))) return;
    if (draft.step < LAST_STEP - 1) return goTo(draft.step + 1);
    if (!show(wrongIn(draft, LAST_STEP))) return;
    setTrying(true);
    const { client } = apis.of({ organisation: id, program: null });
    const found = await tryOut(client, draft, nowOf(environments, loadedAt));
    setTrying(false);
    if (show(found)) goTo(LAST_STEP);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isTrying) void next();
  };
  const step = { draft, wrong, onChange: change };
  const name = STEPS[draft.step - 1] ?? 'confirm';
  const general = wrong[''];
  return (
    <div className="work">
      <section className="panel" aria-labelledby="np-step">
        <StepList step={draft.step} onGo={goTo} />
        <div className="panel-head">
          <h2 id="np-step" tabIndex={-1}>
            {t(`steps.titles.${name}`)}
          </h2>
        </div>
        {draft.step === LAST_STEP ? (
          <Confirm
            {...{ draft, zone }}
            barrier={isOnline ? null : t('console:onlyOnline')}
            onBack={() => goTo(LAST_STEP - 1)}
            onCreate={() => act.start(inputOf(draft, nowOf(environments, loadedAt)))}
          />
        ) : (
          <form className="np-step" noValidate onSubmit={submit}>
            {draft.step === 1 && <StepName {...step} />}
            {draft.step === 2 && <StepEarning {...step} />}
            {draft.step === 3 && <StepBuyback {...step} />}
            {draft.step === 4 && <StepForEver {...step} {...{ tokens, zone }} />}
            {general !== undefined && (
              <p className="form-refused" role="alert">
                {errorWords(general)}
              </p>
            )}
            <div className="np-ways">
              {draft.step > 1 && (
                <Button variant="default" onClick={() => goTo(draft.step - 1)}>
                  {t('back')}
                </Button>
              )}
              <Button type="submit" loading={isTrying}>
                {draft.step === LAST_STEP - 1 ? t('check') : t('next')}
              </Button>
            </div>
          </form>
        )}
        {refused && (
          <div className="part">
            <TransactionStatus name="programCreate" />
          </div>
        )}
      </section>
      <Summary {...{ draft, zone }} />
    </div>
  );
}
