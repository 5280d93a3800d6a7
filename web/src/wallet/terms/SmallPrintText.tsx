import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { blocksOf, printInLanguage, type PrintBlock } from './smallPrint.ts';
import './terms.css';

const BOLD = /\*\*(.+?)\*\*/;

/** Text with its bold words. */
function Bold({ text }: { readonly text: string }): JSX.Element {
  return (
    <>
      {text
        .split(BOLD)
        .map((part, index) => (index % 2 === 1 ? <strong key={index}>{part}</strong> : part))}
    </>
  );
}

function Block({ block }: { readonly block: PrintBlock }): JSX.Element {
  if (block.kind === 'list') {
    const items = block.items.map((item) => (
      <li key={item}>
        <Bold text={item} />
      </li>
    ));
    return block.isNumbered ? <ol>{items}</ol> : <ul>{items}</ul>;
  }
  if (block.kind === 'heading') return <h2>{block.text}</h2>;
  return (
    <p>
      <Bold text={block.text} />
    </p>
  );
}

/** Paragraphs and items of small print that come or go. */
export function PrintPieces({ pieces }: { readonly pieces: readonly string[] }): JSX.Element {
  return (
    <ul className="print-pieces">
      {pieces.map((piece) => (
        <li key={piece}>
          <Bold text={piece} />
        </li>
      ))}
    </ul>
  );
}

/** Small print, to be read: in the language of the page where it has both. */
export function SmallPrintText({ text }: { readonly text: string }): JSX.Element {
  const { i18n } = useTranslation();
  return (
    <div className="print">
      {blocksOf(printInLanguage(text, i18n.language)).map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </div>
  );
}
