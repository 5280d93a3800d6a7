import type { JSX } from 'react';
import type { ProgramRead, VerifiedAudit } from '../worker/protocol.ts';
import { BuybackQuestion } from './BuybackQuestion.tsx';
import { EarningQuestion } from './EarningQuestion.tsx';
import { ThresholdQuestion } from './ThresholdQuestion.tsx';
import './questions.css';

export interface QuestionProps {
  readonly read: ProgramRead;
  /** Null until it was verified: then what only the history tells is left out. */
  readonly verified: VerifiedAudit | null;
}

/** The three questions that a member asks, answered in words and numbers. */
export function Questions(props: QuestionProps): JSX.Element {
  return (
    <div className="questions" id="questions">
      <EarningQuestion {...props} />
      <BuybackQuestion {...props} />
      <ThresholdQuestion {...props} />
    </div>
  );
}
