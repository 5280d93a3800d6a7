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
import { forgetMade, keepMade, keptMade, madeBy } from './draft/made.ts';
import { ProgramCreate, type BeginningQuery } from './draft/queries.ts';
import { StepEarning } from './StepEarning.tsx';
import { StepForEver } from './StepForEver.tsx';
import { StepBuyback, StepName } from './steps.tsx';
import { Summary } from './Summary.tsx';

type BeginningOrganisation = NonNullable<ResultOf<typeof BeginningQuery>['organisation']>;
type Environments = BeginningOrganisation['environments'];

const STEPS = ['name', 'earning', 'buyback', 'forEver', 'confirm'] as const;

/** What a new program begins from, and where it is made. */
export interface Start {
  readonly environment: Environments[number]['environment'];
  /** Name that what is chosen is kept by in the tab. */
  readonly draftName: string;
  /** Name of the write. */
  readonly writeName: string;
  /** Way to the API of the organisation, in the environment. */
  readonly client: Client;
  /** Makes the draft of the program that is copied; left out for none. */
  readonly copy?: (fresh: ProgramDraft, nowMs: number) => ProgramDraft;
}

/** The chain of an environment and what the organisation has on it. */
const chainOf = (
  { environments, programs }: BeginningOrganisation,
  wanted: Start['environment'],
) => {
  const chain = environments.find(({ environment }) => environment === wanted);
  return { chain, programs: programs.filter(({ chainId }) => chainId === chain?.chainId) };
};

/** Tokens that programs pay in, each once. */
function tokensOf(programs: BeginningOrganisation['programs']) {
  const tokens = programs.map(({ settings }) => settings.settlementToken);
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
  start,
}: {
  readonly organisation: BeginningOrganisation;
  /** By `performance.now()`. */
  readonly loadedAt: number;
  readonly start: Start;
}): JSX.Element {
  const { t } = useTranslation('newProgram');
  const errorWords = useErrorWords();
  const isOnline = useIsOnline();
  const { environment, draftName, writeName, client, copy } = start;
  const { chain, programs } = chainOf(organisation, environment);
  const tokens = tokensOf(programs);
  /** Time of the chain, from when it was asked on. */
  const nowMs = (): number => Date.parse(chain?.now ?? '') + (performance.now() - loadedAt);
  const [first] = useState<ProgramDraft>(() => {
    const fresh = { ...newDraft((name) => t(`presets.${name}`)), token: tokens[0]?.address ?? '' };
    return copy?.(fresh, nowMs()) ?? fresh;
  });
  const [draft, setDraft] = useState<ProgramDraft>(() => keptProgramDraft(draftName) ?? first);
  const [wrong, setWrong] = useState<Wrong>({});
  const [isTrying, setTrying] = useState(false);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  useEffect(() => keepProgramDraft(draftName, draft), [draftName, draft]);
  const act = useAct({ name: writeName, kind: 'programCreate', document: ProgramCreate });
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
  const [made, setMade] = useState(() => keptMade(draftName));
  useEffect(() => {
    if (write?.phase !== 'done') return;
    const now = madeBy(write);
    keepMade(draftName, now);
    setMade(now);
  }, [write, draftName]);
  const opened = useCallback(
    (programId: string) => {
      forgetDraft(draftName);
      forgetMade(draftName);
      // The page begins anew: the organisation has a program more.
      location.assign(`/console/p/${programId}/developers/connect`);
    },
    [draftName],
  );
  if (made !== null || (write !== null && !refused)) {
    return (
      <CreateProgress {...{ write, made, writeName, programs }} name={draft.name} onRead={opened} />
    );
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
    const found = await tryOut(client, draft, nowMs());
    setTrying(false);
    if (show(found)) goTo(LAST_STEP);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isTrying) void next();
  };
  const isPaid = ({ address }: { readonly address: string }): boolean =>
    address.toLowerCase() === draft.token.trim().toLowerCase();
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
            go={t(`confirm.go.${environment}`)}
            token={tokens.find(isPaid)}
            barrier={isOnline ? null : t('console:onlyOnline')}
            onBack={() => goTo(LAST_STEP - 1)}
            onCreate={() => act.start(inputOf(draft, nowMs()))}
          />
        ) : (
          <form className="np-step" noValidate onSubmit={submit}>
            {draft.step === 1 && <StepName {...step} />}
            {draft.step === 2 && <StepEarning {...step} isCopy={copy !== undefined} />}
            {draft.step === 3 && <StepBuyback {...step} />}
            {draft.step === 4 && (
              <StepForEver {...step} {...{ tokens, zone }} firstNotice={first.noticeDays} />
            )}
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
            <TransactionStatus name={writeName} />
          </div>
        )}
      </section>
      <Summary {...{ draft, zone }} />
    </div>
  );
}
