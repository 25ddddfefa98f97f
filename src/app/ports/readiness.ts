// Whether this process can sell, as whoever sends it work wants to know.

/** What a sale takes: the sessions, the ledger, and a supplier that answers. */
export type Part = 'sessions' | 'database' | 'supplier';

/** `starting`: it takes nothing yet. `stopping`: it finishes what it has in hand and takes nothing more. In neither anything was looked at. */
export type Readiness =
  | { readonly status: 'ready' | 'notReady'; readonly parts: Readonly<Record<Part, 'ok' | 'failing'>> }
  | { readonly status: 'starting' | 'stopping' };

/** Never rejects, and answers in bounded time. Asking often costs nothing: what was found a moment ago is told again. */
export type CheckReadiness = () => Promise<Readiness>;
