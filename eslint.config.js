import js from '@eslint/js';
import i18next from 'eslint-plugin-i18next';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import tseslint from 'typescript-eslint';
import { layerRules } from './infra/lint/layers.js';

/** Beyond this a file should be split by concept. Comments are free: they should never be what makes a file too long. */
const MAX_FILE_LINES = 320;

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: one word then finds a thing everywhere.',
};

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/dist/',
      '.dewpoint/',
      'contracts/out/',
      'contracts/cache/',
      'contracts/ts/abi/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      // Parts are closures made by a function, not classes: there is no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['**/*.{ts,tsx,js,mjs}'],
    rules: {
      // `== null` is the one way to ask for null and undefined at once.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: MAX_FILE_LINES, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-restricted-syntax': ['error', noDefaultExport],
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  // Catalogues of texts are as long as what they are of.
  { files: ['server/src/graphql/errors/{english,chinese}.ts'], rules: { 'max-lines': 'off' } },
  // Programs for a terminal speak through the console; the server has a logger.
  {
    files: [
      'infra/**',
      'test/**',
      'contracts/**',
      'web/**',
      'examples/**',
      '*.config.{js,ts}',
      'web/*.config.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  { files: ['**/*.config.{js,ts}'], rules: { 'no-restricted-syntax': 'off' } },
  // Every word that people read is in a catalogue, in both languages; every control has a name and a key.
  {
    files: ['web/src/{wallet,audit,console,shared}/**/*.tsx'],
    plugins: { i18next, 'jsx-a11y': jsxA11y },
    rules: {
      ...jsxA11y.flatConfigs.recommended.rules,
      // A table that scrolls is reached by the keyboard.
      'jsx-a11y/no-noninteractive-tabindex': ['error', { tags: [], roles: ['region'] }],
      'i18next/no-literal-string': ['error', { mode: 'jsx-text-only' }],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'console',
          'process',
          'URL',
          'Buffer',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'fetch',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  ...layerRules({ noDefaultExport }),
);
