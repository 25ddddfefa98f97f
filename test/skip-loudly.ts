// What a machine lacks for the tests is said out loud; continuous integration must not skip what it is there to prove.

export const skipLoudly = (what: string): void => {
  const text = `${what} is missing on this machine: the tests that need it are SKIPPED`;
  if (process.env['CI'] === 'true') throw new Error(`${text}, which continuous integration must not do`);
  process.stderr.write(`\n!!! ${text}.\n\n`);
};
