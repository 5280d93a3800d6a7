import { MantineProvider } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { CONSOLE_THEME, consoleColors, THEME_KEPT } from './consoleTheme.ts';
import { styleNonce } from './nonce.ts';

/** Gives all parts below our look, and the nonce for what they write. */
export function ConsoleLook({ children }: { readonly children: ReactNode }): JSX.Element {
  return (
    <MantineProvider
      theme={CONSOLE_THEME}
      cssVariablesResolver={consoleColors}
      colorSchemeManager={THEME_KEPT}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      {children}
    </MantineProvider>
  );
}
