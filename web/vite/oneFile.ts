import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** What the page may do, opened from a disk: its own script and styles by their hashes, and any node. */
const POLICY = {
  'default-src': "'none'",
  'worker-src': 'blob:',
  'font-src': 'data:',
  'img-src': 'data:',
  'connect-src': 'https: http://127.0.0.1:* http://localhost:*',
  'base-uri': "'none'",
  'form-action': "'none'",
};

/** The policy of the page whose files lie beside it. */
const POLICY_META = /<meta\s+http-equiv="Content-Security-Policy"[^>]*>/;

/** A closing tag in a script would end it. */
const asScript = (code: string): string => code.replaceAll('</script', '<\\/script');

const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Puts the script and the styles of a page into the page, under a policy that allows these very ones. */
export function oneFile(fileName: string): Plugin {
  return {
    name: 'dewpoint-one-file',
    // After vite has put the last of its own into the script.
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        let page = '';
        let script = '';
        let style = '';
        for (const [name, output] of Object.entries(bundle)) {
          if (output.type === 'chunk') script += asScript(output.code);
          else if (name.endsWith('.css')) style += String(output.source);
          else if (name.endsWith('.html')) page = String(output.source);
          delete bundle[name];
        }
        const policy = Object.entries({
          ...POLICY,
          'script-src': hashOf(script),
          'style-src': hashOf(style),
        })
          .map(([directive, sources]) => `${directive} ${sources}`)
          .join('; ');
        if (!POLICY_META.test(page)) throw new Error('the page has no policy to replace');
        const source = page
          .replace(POLICY_META, () => metaOf(policy))
          .replace(/<link rel="(stylesheet|preload)"[^>]*>\s*/g, '')
          .replace(/<script type="module"[^>]*><\/script>\s*/, () => `<style>${style}</style>`)
          .replace('</body>', () => `<script type="module">${script}</script></body>`);
        this.emitFile({ type: 'asset', fileName, source });
      },
    },
  };
}

const metaOf = (policy: string): string =>
  `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
