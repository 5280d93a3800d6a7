import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { LockedPackage } from './keepPackages.mjs';

it('packages that are needed stay, and all others go, with what is within them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dewpoint-packages-'));
  try {
    const packages: Record<string, LockedPackage> = {
      server: { dependencies: { kept: '1' } },
      'node_modules/kept': {},
      'node_modules/gone': { dependencies: { inner: '1' } },
      'node_modules/gone/node_modules/inner': {},
    };
    for (const path of Object.keys(packages)) mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }));
    const script = fileURLToPath(new URL('./keepPackages.mjs', import.meta.url));
    execFileSync(process.execPath, [script, 'server'], { cwd: folder });
    expect(readdirSync(join(folder, 'node_modules'))).toEqual(['kept']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
