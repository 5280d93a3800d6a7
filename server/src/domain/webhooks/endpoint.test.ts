import { describe, expect, it } from 'vitest';
import { checkEndpointUrl, goodSecrets, withNewSecret } from './endpoint.ts';

const GOOD = [
  'https://shop.example',
  'https://shop.example/hooks?a=1',
  'https://shop.example:443/',
];
const LOCAL = [
  'http://127.0.0.1:4555/hooks',
  'http://localhost:1',
  'http://[::1]:8080/',
  'https://localhost:8443/',
];
const BAD = [
  ...['http://shop.example/', 'https://shop.example:8443/', 'http://10.0.0.1/', 'http://0x7f.1/'],
  ...['https://ada@shop.example/', 'https://ada:secret@shop.example/', 'https://shop.example/#a'],
];
const NONE = [
  '',
  'shop.example',
  '/hooks',
  'ftp://shop.example',
  'javascript:alert(1)',
  'file:///etc/passwd',
];

describe('a URL', () => {
  it.each(GOOD)('%s is taken', (url) => {
    expect(checkEndpointUrl(url, false)).toBeNull();
  });
  it.each(BAD.filter((url) => !url.includes('0x7f')))('%s is refused everywhere', (url) => {
    for (const isLocal of [true, false]) {
      expect(checkEndpointUrl(url, isLocal)).toMatchObject({
        code: 'URL_NOT_ALLOWED',
        field: 'url',
      });
    }
  });
  it.each([...LOCAL, 'http://0x7f.1/'])('%s is taken on a machine of one’s own alone', (url) => {
    expect(checkEndpointUrl(url, true)).toBeNull();
    expect(checkEndpointUrl(url, false)).toMatchObject({ code: 'URL_NOT_ALLOWED' });
  });
  it.each(NONE)('"%s" is none', (url) => {
    expect(checkEndpointUrl(url, true)).toMatchObject({ code: 'MALFORMED', field: 'url' });
  });
  it('is not endless', () => {
    const url = `https://shop.example/${'a'.repeat(2_048)}`;
    expect(checkEndpointUrl(url, false)).toMatchObject({ code: 'TOO_LONG' });
  });
});

it('two secrets sign until the older one ends, and no third one', () => {
  const first = [{ id: '1', createdAtMs: 0, endsAtMs: null }];
  const second = withNewSecret(first, { id: '2', createdAtMs: 10 }, 100);
  expect(goodSecrets(second, 99).map(({ id }) => id)).toEqual(['2', '1']);
  expect(goodSecrets(second, 100).map(({ id }) => id)).toEqual(['2']);
  const third = withNewSecret(second, { id: '3', createdAtMs: 20 }, 200);
  expect(goodSecrets(third, 50).map(({ id }) => id)).toEqual(['3', '2']);
});
