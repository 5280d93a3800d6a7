import type { JSX } from 'react';
import { useWords } from '../format/AuditWords.tsx';
import { fragmentOf, hasKey, type AuditLink } from '../link/auditLink.ts';
import { Section } from '../parts/Section.tsx';
import type { VerifiedAudit } from '../worker/protocol.ts';
import { KeepThisPage } from './KeepThisPage.tsx';
import { QrCode } from '../../shared/ui/qr/QrCode.tsx';
import { save } from './save.ts';
import { useState } from 'react';
import './keep.css';

interface KeepSectionProps {
  readonly link: AuditLink;
  readonly nodeUrl: string;
  readonly verified: VerifiedAudit | null;
  readonly name: string;
}

/** Takes it away: the report, the page itself, a link, and the command for who trusts no page. */
export function KeepSection({ link, nodeUrl, verified, name }: KeepSectionProps): JSX.Element {
  const { say } = useWords();
  const from = link.fromBlock === null ? '' : ` --from ${link.fromBlock}`;
  const command = `npm run verify -- --rpc ${new URL(nodeUrl).origin} --program ${link.program}${from}`;
  return (
    <div className="sections">
      <Section at="keep" title={say('keep.title')}>
        <div className="keep">
          <div>
            <h3>{say('keep.report')}</h3>
            <p>{say(verified === null ? 'keep.reportLater' : 'keep.reportText')}</p>
            {verified !== null && (
              <p className="row">
                <button
                  type="button"
                  className="button"
                  onClick={() =>
                    save(
                      verified.json,
                      `dewpoint-${link.program.slice(0, 10)}-${verified.report.toBlock}.json`,
                      'application/json',
                    )
                  }
                >
                  {say('keep.download')}
                </button>
                <button type="button" className="button quiet" onClick={() => print()}>
                  {say('keep.print')}
                </button>
              </p>
            )}
            <h3>{say('keep.page')}</h3>
            <KeepThisPage fragment={fragmentOf({ ...link, at: null, nodeUrl })} />
            <h3>{say('keep.command')}</h3>
            <p>{say('keep.commandText')}</p>
            <p className="command">
              <code>{command}</code> <CopyButton text={command} />
            </p>
          </div>
          <Share link={link} name={name} />
        </div>
      </Section>
    </div>
  );
}

function Share({ link, name }: { link: AuditLink; name: string }): JSX.Element {
  const { say } = useWords();
  const { nodeUrl } = link;
  const shared = {
    ...link,
    at: 'questions',
    nodeUrl: nodeUrl === null || hasKey(nodeUrl) ? null : nodeUrl,
  };
  const place = location.protocol === 'file:' ? '' : location.href.replace(/#.*$/, '');
  const url = `${place}${fragmentOf(shared)}`;
  return (
    <div className="share" id="share">
      <h3>{say('keep.share')}</h3>
      <p>{say('keep.shareText')}</p>
      <QrCode text={url} label={say('keep.qr', { name })} />
      <p className="command">
        <code>{url}</code> <CopyButton text={url} />
      </p>
    </div>
  );
}

function CopyButton({ text }: { text: string }): JSX.Element {
  const { say } = useWords();
  const [isCopied, setCopied] = useState(false);
  return (
    <button
      type="button"
      className="link"
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      {say(isCopied ? 'keep.copied' : 'keep.copy')}
    </button>
  );
}
