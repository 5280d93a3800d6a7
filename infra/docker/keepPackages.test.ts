import { describe, expect, it } from 'vitest';
import { readDocument } from '../src/testing/documents.ts';
import { neededPackages, type LockedPackage } from './keepPackages.mjs';

describe('the packages of an image', () => {
  it('are those that a workspace needs, where Node finds them, and no optional peer', () => {
    const packages: Record<string, LockedPackage> = {
      server: { dependencies: { auth: '1', '@our/shared': '1' } },
      shared: { dependencies: { deep: '2' } },
      'node_modules/@our/shared': { link: true, resolved: 'shared' },
      'node_modules/@our/server': { link: true, resolved: 'server' },
      'node_modules/@our/other': { link: true, resolved: 'other' },
      'node_modules/auth': {
        optionalDependencies: { native: '1' },
        peerDependencies: { orm: '1', tests: '1' },
        peerDependenciesMeta: { tests: { optional: true } },
      },
      'server/node_modules/auth': {
        dependencies: { deep: '1' },
        peerDependencies: { orm: '1', tests: '1' },
        peerDependenciesMeta: { tests: { optional: true } },
      },
      'server/node_modules/auth/node_modules/deep': {},
      'node_modules/deep': {},
      'node_modules/native': {},
      'node_modules/orm': {},
      'node_modules/tests': {},
    };
    expect([...neededPackages(packages, ['server'])].sort()).toEqual(
      [
        ...['server', 'shared', 'node_modules/@our/shared', 'node_modules/deep'],
        'node_modules/@our/server',
        ...['server/node_modules/auth', 'server/node_modules/auth/node_modules/deep'],
        'node_modules/orm',
      ].sort(),
    );
  });

  it('of the service are none of development', () => {
    const { packages } = JSON.parse(readDocument('package-lock.json')) as {
      packages: Record<string, LockedPackage>;
    };
    const needed = neededPackages(packages, ['server', 'contracts']);
    for (const name of ['vitest', 'vite', 'react', 'typescript', 'eslint', 'supertest']) {
      expect(needed).not.toContain(`node_modules/${name}`);
    }
    for (const name of ['express', 'mongoose', 'ethers', 'tsx', 'esbuild', 'sharp']) {
      expect(needed).toContain(`node_modules/${name}`);
    }
  });
});
