import { useState, type JSX } from 'react';
import { useWords } from '../format/AuditWords.tsx';
import { save } from './save.ts';

/** Saves this page as one file that opens at this program, from any disk, with nothing but a node. */
export function KeepThisPage({ fragment }: { fragment: string }): JSX.Element {
  const { say } = useWords();
  const [isGone, setGone] = useState(false);
  if (location.protocol === 'file:') return <p>{say('keep.isKept')}</p>;
  const keep = async (): Promise<void> => {
    try {
      const response = await fetch('./audit.html');
      if (!response.ok) throw new Error(`status ${response.status}`);
      const page = await response.text();
      const opensAt = `<meta name="dewpoint-audit" content="${fragment.replaceAll('&', '&amp;')}" />`;
      save(
        page.replace('</head>', () => `${opensAt}</head>`),
        'dewpoint-audit.html',
        'text/html',
      );
      setGone(false);
    } catch {
      setGone(true);
    }
  };
  return (
    <>
      <p>{say('keep.pageText')}</p>
      <p className="row">
        <button type="button" className="button" onClick={() => void keep()}>
          {say('keep.keepPage')}
        </button>
      </p>
      {isGone && (
        <p className="bar worse" role="alert">
          {say('keep.pageGone')}
        </p>
      )}
    </>
  );
}
