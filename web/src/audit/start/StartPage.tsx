import { useState, type FormEvent, type JSX } from 'react';
import { useWords } from '../format/AuditWords.tsx';
import { isNodeUrl, pasted, type AuditLink } from '../link/auditLink.ts';
import type { KnownChain } from '../link/chains.ts';
import './start.css';

interface StartPageProps {
  readonly chains: readonly KnownChain[];
  /** A link whose chain has no node yet. */
  readonly link: AuditLink | null;
  onOpen(link: AuditLink): void;
}

/** Finds a program: its address or a link, its chain, and a node of that. */
export function StartPage({ chains, link, onOpen }: StartPageProps): JSX.Element {
  const { say, language } = useWords();
  const [text, setText] = useState<string>(link?.program ?? '');
  const [chainId, setChainId] = useState(String(link?.chainId ?? chains[0]?.id ?? ''));
  const chain = chains.find(({ id }) => String(id) === chainId);
  const [typedNode, setTypedNode] = useState<string | null>(null);
  const nodeUrl = typedNode ?? chain?.node ?? '';
  const [problem, setProblem] = useState<'program' | 'node' | 'chain' | null>(null);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = pasted(text);
    if (found === null) return setProblem('program');
    if (!/^\d{1,15}$/.test(chainId)) return setProblem('chain');
    if (!isNodeUrl(nodeUrl)) return setProblem('node');
    const isOwnNode = nodeUrl !== chain?.node;
    onOpen({
      ...{ chainId: Number(chainId), fromBlock: null, at: null },
      nodeUrl: isOwnNode ? nodeUrl : null,
      ...found,
    });
  };
  /** A link says more than an address: the fields follow it. */
  const type = (value: string): void => {
    setText(value);
    setProblem(null);
    const found = pasted(value);
    if (found?.chainId !== undefined) setChainId(String(found.chainId));
    if (found?.nodeUrl != null) setTypedNode(found.nodeUrl);
  };
  return (
    <main className="wrap start">
      <h1>{say('start.title')}</h1>
      <p className="lead">{say('start.lead')}</p>
      <form className="block" onSubmit={submit} noValidate>
        <Field
          name="program"
          label={say('start.program')}
          hint={say('start.programHint')}
          problem={problem}
        >
          <input
            id="program"
            value={text}
            autoComplete="off"
            spellCheck={false}
            aria-describedby="program-hint"
            aria-invalid={problem === 'program'}
            onChange={({ currentTarget }) => type(currentTarget.value)}
          />
        </Field>
        <Field name="chain" label={say('start.chain')} problem={problem}>
          <select
            id="chain"
            value={chainId}
            onChange={({ currentTarget }) => setChainId(currentTarget.value)}
          >
            {chains.map(({ id, name }) => (
              <option key={id} value={String(id)}>
                {say('start.chainOption', { name: name[language], id: String(id) })}
              </option>
            ))}
            {chain === undefined && <option value={chainId}>{chainId}</option>}
          </select>
        </Field>
        <Field name="node" label={say('start.node')} hint={say('start.nodeHint')} problem={problem}>
          <input
            id="node"
            type="url"
            value={nodeUrl}
            autoComplete="off"
            spellCheck={false}
            aria-describedby="node-hint"
            aria-invalid={problem === 'node'}
            onChange={({ currentTarget }) => setTypedNode(currentTarget.value)}
          />
        </Field>
        <button className="button" type="submit">
          {say('start.open')}
        </button>
      </form>
    </main>
  );
}

interface FieldProps {
  readonly name: 'program' | 'node' | 'chain';
  readonly label: string;
  readonly hint?: string;
  readonly problem: string | null;
  readonly children: JSX.Element;
}

function Field({ name, label, hint, problem, children }: FieldProps): JSX.Element {
  const { say } = useWords();
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      {children}
      <p
        id={`${name}-hint`}
        className={problem === name ? 'wrong' : 'hint'}
        role={problem === name ? 'alert' : undefined}
      >
        {problem === name ? say(`start.problem.${name}`) : hint}
      </p>
    </div>
  );
}
