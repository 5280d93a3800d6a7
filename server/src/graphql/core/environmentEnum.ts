import { ENVIRONMENTS } from '../../domain/environment.ts';
import { builder } from './builder.ts';

export const EnvironmentEnum = builder.enumType('Environment', {
  description: 'Where programs are: to try things out, or for real.',
  values: {
    TEST: { value: ENVIRONMENTS[0], description: 'To try things out.' },
    LIVE: { value: ENVIRONMENTS[1], description: 'For real.' },
  } as const,
});
