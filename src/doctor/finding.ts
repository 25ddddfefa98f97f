// What a check comes to, in one line: a fact, a warning, a failure with what to do about it, or why nothing was checked.

/** `failure`: it would stop a sale. `warning`: it would not, and somebody should know. `notChecked`: something else has to be put right first. */
export type Verdict = 'ok' | 'warning' | 'failure' | 'notChecked';

export type Finding = { readonly verdict: Verdict; readonly text: string };

export type Check = { readonly name: string; readonly run: () => Promise<Finding> };

export type NamedFinding = Finding & { readonly check: string };

export const good = (text: string): Finding => ({ verdict: 'ok', text });
export const warning = (text: string): Finding => ({ verdict: 'warning', text });
export const failure = (text: string): Finding => ({ verdict: 'failure', text });
export const notChecked = (because: string): Finding => ({ verdict: 'notChecked', text: `not checked: ${because}` });

/** The fact alone, or with what there is to be said against it. */
export const weigh = (fact: string, doubts: readonly string[]): Finding =>
  doubts.length === 0 ? good(fact) : warning([fact, ...doubts].join('; '));

/** The first few of many, and how many there are beyond. */
export const listed = (all: readonly (string | number)[], most = 5): string =>
  all.length <= most ? all.join(', ') : `${all.slice(0, most).join(', ')} and ${all.length - most} more`;

/** What went wrong, in the words of whoever threw it. Libraries that try several addresses say nothing but in their parts. */
export const reasonOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
};

/** Longer than any of the checks waits for its server, in milliseconds. */
const PATIENCE = 45_000;

const late = (): Promise<Finding> =>
  new Promise((resolve) => {
    const end = (): void =>
      resolve(failure(`no result within ${PATIENCE / 1_000} s; look at the network between here and there`));
    setTimeout(end, PATIENCE).unref();
  });

/** Runs all checks side by side. What throws, or takes too long, has failed; the others go on. */
export const runChecks = (checks: readonly Check[]): Promise<readonly NamedFinding[]> =>
  Promise.all(
    checks.map(async ({ name, run }) => {
      const finding = await Promise.race([run(), late()]).catch((error: unknown) =>
        failure(`the check itself failed: ${reasonOf(error)}`),
      );
      return { check: name, ...finding };
    }),
  );

const MARKS: Readonly<Record<Verdict, string>> = { ok: 'ok', warning: 'WARN', failure: 'FAIL', notChecked: '-' };

const countOf = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** One aligned line a finding, and one that sums up. */
export const reportOf = (findings: readonly NamedFinding[]): string => {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.map(({ check, verdict, text }) => `${MARKS[verdict].padEnd(4)}  ${check.padEnd(width)}  ${text}`);
  const count = (verdict: Verdict): number => findings.filter((finding) => finding.verdict === verdict).length;
  const parts = [
    `${count('failure')} of ${countOf(findings.length, 'check', 'checks')} would stop a sale`,
    ...(count('warning') > 0 ? [countOf(count('warning'), 'warning', 'warnings')] : []),
    ...(count('notChecked') > 0 ? [`${count('notChecked')} not checked`] : []),
  ];
  const allGood = findings.every(({ verdict }) => verdict === 'ok');
  return [...lines, '', allGood ? `All ${findings.length} checks are green.` : `${parts.join(', ')}.`].join('\n');
};
