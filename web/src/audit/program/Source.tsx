import { useState, type FormEvent, type JSX } from 'react';
import { useWords } from '../format/AuditWords.tsx';
import { isNodeUrl } from '../link/auditLink.ts';
import { LOCAL_CHAIN } from '../link/chains.ts';
import type { ProgramRead } from '../worker/protocol.ts';

interface SourceProps {
  readonly nodeUrl: string;
  readonly chainId: number;
  readonly isTest: boolean;
  readonly read: ProgramRead | null;
  onNode(url: string): void;
}

const STALE_AFTER_SECONDS = 600;

/** Says which node was asked and how new it is, and lets the visitor ask another one. */
export function Source({ nodeUrl, chainId, read, onNode }: SourceProps): JSX.Element {
  const { say, count, moment } = useWords();
  const [isOpen, setOpen] = useState(false);
  const head = read?.now.head;
  const age = head === undefined ? 0 : Date.now() / 1_000 - head.time;
  const isStale = chainId !== LOCAL_CHAIN && age > STALE_AFTER_SECONDS;
  return (
    <>
      <p className="source">
        {say('source.from')} <code>{new URL(nodeUrl).origin}</code>{' '}
        <button
          type="button"
          className="link"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {say('source.another')}
        </button>{' '}
        {head !== undefined && (
          <span>{say('source.upTo', { block: count(head.block), moment: moment(head.time) })}</span>
        )}{' '}
        <span>{say('source.nothingElse')}</span>
      </p>
      {isStale && head !== undefined && (
        <p className="bar waiting" role="status">
          {say('source.stale', { moment: moment(head.time) })}
        </p>
      )}
      {isOpen && <NodeForm nodeUrl={nodeUrl} onNode={onNode} />}
    </>
  );
}

function NodeForm({
  nodeUrl,
  onNode,
}: {
  nodeUrl: string;
  onNode(url: string): void;
}): JSX.Element {
  const { say } = useWords();
  const [url, setUrl] = useState(nodeUrl);
  const [isWrong, setWrong] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isNodeUrl(url)) onNode(url);
    else setWrong(true);
  };
  return (
    <form className="node-form" onSubmit={submit} noValidate>
      <label htmlFor="other-node">{say('source.nodeLabel')}</label>
      <div>
        <input
          id="other-node"
          type="url"
          value={url}
          spellCheck={false}
          autoComplete="off"
          aria-describedby="other-node-hint"
          aria-invalid={isWrong}
          onChange={({ currentTarget }) => setUrl(currentTarget.value)}
        />
        <button type="submit" className="button">
          {say('source.ask')}
        </button>
      </div>
      <p id="other-node-hint" className={isWrong ? 'wrong' : 'hint'}>
        {say(isWrong ? 'start.problem.node' : 'source.why')}
      </p>
    </form>
  );
}
