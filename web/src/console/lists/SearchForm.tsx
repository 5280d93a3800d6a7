import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent, type JSX, type ReactNode } from 'react';
import { useFilters } from './useFilters.ts';
import './searchForm.css';

/** Searches a list by a text that is sent; it stands in the address, so that what was found can be passed on. */
export function SearchForm({
  filter,
  words,
  most,
  along = {},
  children,
}: {
  /** Name of the filter in the address. */
  readonly filter: string;
  readonly words: {
    readonly label: string;
    readonly how: string;
    readonly go: string;
    readonly clear: string;
  };
  /** Characters, at most. */
  readonly most: number;
  /** Other filters that a search sets, and that go with it. */
  readonly along?: Readonly<Record<string, string>>;
  /** Controls beside it. */
  readonly children?: ReactNode;
}): JSX.Element {
  const filters = useFilters();
  const search = filters.get(filter) ?? '';
  const [typed, setTyped] = useState(search);
  const [of, setOf] = useState(search);
  // The way back shows what was searched for before.
  if (of !== search) {
    setOf(search);
    setTyped(search);
  }
  const find = (text: string): void => {
    const others = Object.keys(along).map((name) => [name, ''] as const);
    filters.set({ ...(text === '' ? Object.fromEntries(others) : along), [filter]: text });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    find(typed.trim());
  };
  return (
    <form className="search-form" role="search" onSubmit={submit}>
      <TextInput
        label={words.label}
        description={words.how}
        autoComplete="off"
        maxLength={most}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <Button type="submit" variant="default">
        {words.go}
      </Button>
      {children}
      {search !== '' && (
        <Button variant="default" onClick={() => find('')}>
          {words.clear}
        </Button>
      )}
    </form>
  );
}
