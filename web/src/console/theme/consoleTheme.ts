import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorSchemeManager,
  type MantineColorsTuple,
} from '@mantine/core';
import { chooseTheme, chosenTheme } from '../../shared/ui/theme/theme.ts';

/** Our teal; shade 7 is `--accent`, the lightest on which white can be read. */
const TEAL: MantineColorsTuple = [
  ...(['#e6f7f3', '#ddf3ee', '#b5e5db', '#8ad6c7', '#5fc6b4'] as const),
  ...(['#38b0a0', '#14917f', '#08766a', '#065f56', '#04473f'] as const),
];

/** What the parts are drawn with in the dark: the tokens of the dark look, from text to page. */
const DARK: MantineColorsTuple = [
  ...(['#e8f4f1', '#b2cbc6', '#8faaa5', '#5f7f7b', '#5f7f7b'] as const),
  ...(['#264043', '#102527', '#102527', '#0b1e20', '#08191b'] as const),
];

/** Shapes and measures of the parts; what colours they have, {@link consoleColors} takes from the tokens. */
export const CONSOLE_THEME = createTheme({
  fontFamily: 'var(--font-desk)',
  fontFamilyMonospace: 'var(--mono)',
  headings: { fontFamily: 'var(--font-desk)', fontWeight: '680' },
  colors: { teal: TEAL, dark: DARK },
  primaryColor: 'teal',
  primaryShade: 7,
  // Words on the accent are dark in the dark look, where the accent is light.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    return input.variant === 'filled' ? { ...colors, color: 'var(--accent-ink)' } : colors;
  },
  defaultRadius: 'md',
  radius: { xs: '6px', sm: '8px', md: '10px', lg: '14px', xl: '20px' },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.3125rem' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '20px' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { radius: 99, size: 'md' } },
    TextInput: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    NumberInput: { defaultProps: { size: 'md' } },
    Select: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md' } },
    Menu: { defaultProps: { shadow: 'md', radius: 'lg', withinPortal: true } },
    // The focus goes back by `keepFocus`, which knows of results that have it already.
    Modal: { defaultProps: { radius: 'xl', padding: 'lg', centered: true, returnFocus: false } },
  },
});

const TOKENS = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-anchor': 'var(--accent-text)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--sunken)',
  '--mantine-color-default-color': 'var(--accent-text)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-disabled': 'var(--sunken)',
  '--mantine-color-disabled-color': 'var(--ink-3)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-color-error': 'var(--worse)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
  '--mantine-color-teal-filled': 'var(--accent)',
  '--mantine-color-teal-filled-hover': 'var(--accent-hover)',
};

/** The colours of the parts are those of all our pages, in both looks. */
export const consoleColors: CSSVariablesResolver = () => ({
  variables: {},
  // Of the borders of inputs.
  light: { ...TOKENS, '--mantine-color-gray-4': 'var(--control)' },
  dark: TOKENS,
});

/** Keeps the look where all our pages keep it. */
export const THEME_KEPT: MantineColorSchemeManager = {
  get: () => {
    const theme = chosenTheme();
    return theme === 'system' ? 'auto' : theme;
  },
  set: (scheme) => chooseTheme(scheme === 'auto' ? 'system' : scheme, true),
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => chooseTheme('system', true),
};
