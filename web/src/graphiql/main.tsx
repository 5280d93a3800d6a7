/// <reference types="vite/client" />
import { GraphiQL } from 'graphiql';
import type { ExecutionResult } from 'graphql';
import 'graphiql/style.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { STARTING_TABS } from './startingTabs.ts';
import './page.css';

interface GraphqlCall {
  readonly query: string;
}
interface CallOptions {
  readonly headers?: Readonly<Record<string, unknown>>;
}

const root = document.getElementById('graphiql');
if (root === null) throw new Error('the page has no place for GraphiQL');
// The server writes the key of a local demo here; everywhere else it is empty and typed into the headers tab.
const apiKey = root.dataset['apiKey'] ?? '';
const firstHeaders = JSON.stringify({ Authorization: `Bearer ${apiKey}` }, null, 2);

/** One call of the API. Errors of HTTP come in the same JSON shape as those of GraphQL, so both are shown alike. */
async function send(call: GraphqlCall, options?: CallOptions): Promise<ExecutionResult> {
  const headers = new Headers({ 'content-type': 'application/json' });
  // GraphiQL asks for the schema before its headers tab is there.
  if (apiKey !== '') headers.set('authorization', `Bearer ${apiKey}`);
  for (const [name, value] of Object.entries(options?.headers ?? {})) {
    headers.set(name, String(value));
  }
  const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(call) });
  return (await response.json()) as ExecutionResult;
}

createRoot(root).render(
  <StrictMode>
    <GraphiQL
      fetcher={send}
      defaultHeaders={firstHeaders}
      defaultTabs={STARTING_TABS.map((tab) => ({ ...tab, headers: firstHeaders }))}
      defaultEditorToolsVisibility={apiKey === '' ? 'headers' : 'variables'}
      shouldPersistHeaders={false}
    >
      <GraphiQL.Logo>Dewpoint</GraphiQL.Logo>
    </GraphiQL>
  </StrictMode>,
);
