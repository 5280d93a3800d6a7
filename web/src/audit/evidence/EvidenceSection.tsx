import { useState, type DragEvent, type JSX } from 'react';
import type { ProgramFacts } from '@dewpoint/contracts/verifier/facts/facts.ts';
import { useWords } from '../format/AuditWords.tsx';
import { shortHash } from '../rules/termsDifferences.ts';
import { Section } from '../parts/Section.tsx';
import type { JudgedFile } from '../worker/protocol.ts';
import { JudgedText } from './JudgedText.tsx';
import './evidence.css';

interface EvidenceSectionProps {
  readonly judged: readonly JudgedFile[];
  readonly facts: ProgramFacts;
  onFile(bytes: Uint8Array): void;
}

/** Larger files are none of what can be judged here. */
const MOST_BYTES = 5_000_000;

/** The small print by its versions, and what a file of the visitor's is worth: it never leaves the browser. */
export function EvidenceSection({ judged, facts, onFile }: EvidenceSectionProps): JSX.Element {
  const { say } = useWords();
  const [isOver, setOver] = useState(false);
  const [isTooLarge, setTooLarge] = useState(false);
  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (file === undefined) return;
    setTooLarge(file.size > MOST_BYTES);
    if (file.size > MOST_BYTES) return;
    void file.arrayBuffer().then((buffer) => onFile(new Uint8Array(buffer)));
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer?.files ?? null);
  };
  return (
    <Section at="evidence" title={say('evidence.title')} lead={say('evidence.lead')}>
      <SmallPrint facts={facts} />
      <div
        className={isOver ? 'file-place over' : 'file-place'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <label htmlFor="evidence-file">{say('evidence.choose')}</label>
        <input
          id="evidence-file"
          type="file"
          onChange={({ currentTarget }) => {
            take(currentTarget.files);
            // The same file again is asked about again.
            currentTarget.value = '';
          }}
        />
        <p>{say('evidence.stays')}</p>
      </div>
      <div role="status">
        {isTooLarge && <p className="bar worse">{say('evidence.tooLarge')}</p>}
        {judged.map((file, i) => (
          <JudgedText key={judged.length - i} judged={file} facts={facts} />
        ))}
      </div>
    </Section>
  );
}

function SmallPrint({ facts: { ruleSets } }: { facts: ProgramFacts }): JSX.Element {
  const { say, moment } = useWords();
  const hashes = [...new Set(ruleSets.map(({ documentHash }) => documentHash))];
  return (
    <ul className="rule-list">
      {hashes.map((hash) => {
        const carrying = ruleSets.filter(({ documentHash }) => documentHash === hash);
        return (
          <li key={hash}>
            <b>{say('evidence.smallPrint', { hash: shortHash(hash, say) })}</b>{' '}
            {say('evidence.versions', {
              versions: carrying.map(({ version }) => version).join(say('list')),
              moment: moment(carrying[0]?.startsAt ?? 0),
            })}
          </li>
        );
      })}
    </ul>
  );
}
