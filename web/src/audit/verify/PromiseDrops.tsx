import type { JSX } from 'react';
import type { CheckResult } from '@dewpoint/contracts/verifier/report/check.ts';
import {
  CHECK_IDS,
  PROMISE_GROUPS,
  PROMISES,
  type CheckId,
  type PromiseGroup,
} from '@dewpoint/contracts/verifier/report/promises.ts';
import { useWords } from '../format/AuditWords.tsx';
import { usePromiseWords } from '../promises/usePromiseWords.ts';
import { openPromise } from '../promises/openPromise.ts';

/** The drops are filled one after the other, all within this time. */
const FILLED_WITHIN_MS = 1_200;

/** One drop a promise, by what it is about: an outline until it was judged. */
export function PromiseDrops({ checks }: { checks: readonly CheckResult[] | null }): JSX.Element {
  const { say } = useWords();
  const byId = new Map(checks?.map((check) => [check.id, check]));
  return (
    <ul className="promises" aria-label={say('verdict.drops')}>
      {(Object.keys(PROMISE_GROUPS) as PromiseGroup[]).map((group) => (
        <li key={group}>
          <b>{say(`group.${group}`)}</b>
          <ul>
            {CHECK_IDS.filter((id) => PROMISES[id].group === group).map((id) => (
              <li key={id}>
                <Drop id={id} check={byId.get(id)} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function Drop({ id, check }: { id: CheckId; check: CheckResult | undefined }): JSX.Element {
  const { say } = useWords();
  const { name } = usePromiseWords(id);
  const state = check === undefined ? 'outline' : check.ok ? 'full' : 'cracked';
  const delay = Math.round((CHECK_IDS.indexOf(id) / CHECK_IDS.length) * FILLED_WITHIN_MS);
  return (
    <button
      type="button"
      className={`drop ${state}`}
      disabled={check === undefined}
      aria-label={say(`drop.${state}`, { name })}
      title={say(`drop.${state}`, { name })}
      onClick={() => openPromise(id)}
    >
      <svg viewBox="0 0 16 20" aria-hidden="true" style={{ animationDelay: `${delay}ms` }}>
        <path
          className="water"
          d="M8 1c.7 3.2 6.5 6.4 6.5 11.2a6.5 6.5 0 0 1-13 0C1.500 7.400 7.300 4.200 8 1Z"
        />
        {state === 'full' && <path className="tick" d="m5 12.2 2.200 2.200L11.200 10" />}
        {state === 'cracked' && <path className="crack" d="m8.500 5-2 4 3.200 2-2.500 5" />}
      </svg>
    </button>
  );
}
