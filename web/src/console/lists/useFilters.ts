import { useLocation, useSearch } from 'wouter';

/** What a page shows, kept in its address: it can be passed on, and survives a reload. */
export interface Filters {
  /** Null for none. */
  get(name: string): string | null;
  /** Sets some of them; an empty one is taken out. */
  set(values: Readonly<Record<string, string>>, how?: { readonly replace: boolean }): void;
}

export function useFilters(): Filters {
  // They draw the page anew. What they give is decoded by halves: an id may have a "%".
  useSearch();
  const [, navigate] = useLocation();
  return {
    get: (name) => new URLSearchParams(location.search).get(name),
    set: (values, how) => {
      const next = new URLSearchParams(location.search);
      for (const [name, value] of Object.entries(values)) {
        if (value === '') next.delete(name);
        else next.set(name, value);
      }
      const query = next.toString();
      navigate(`~${location.pathname}${query === '' ? '' : `?${query}`}`, how);
    },
  };
}
