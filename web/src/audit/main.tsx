/// <reference types="vite/client" />
import { createRoot } from 'react-dom/client';
import { startI18n } from '../shared/i18n/i18n.ts';
import { sayLost } from '../shared/ui/lost/sayLost.ts';
import '../shared/ui/theme/tokens.css';
import { AuditPage } from './AuditPage.tsx';
import { loadChains } from './link/chains.ts';
import { loadAuditWords } from './format/words.ts';

const place = document.getElementById('audit');
if (place === null) throw new Error('the page has no place for the audit');
Promise.all([startI18n(loadAuditWords), loadChains()])
  .then(([, chains]) => createRoot(place).render(<AuditPage chains={chains} />))
  .catch(() => sayLost(place));
