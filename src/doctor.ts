// Examines an installation and says in one line a check what there is to do: npm run doctor. It changes nothing and may run beside the bot.
import { parseArgs } from 'node:util';
import { environment } from './config.ts';
import { examineInstallation } from './doctor/examine.ts';
import { reportOf } from './doctor/finding.ts';
import { finish } from './operator-command.ts';

const USAGE = `Usage: npm run doctor [-- --json]
  Checks the installation of this folder's settings without changing anything, also while the bot runs.
  Ends with 1 when something would stop a sale. --json prints one JSON line a check.`;

const diagnose = async (asJson: boolean): Promise<number> => {
  const findings = await examineInstallation(environment());
  const text = asJson ? findings.map((finding) => JSON.stringify(finding)).join('\n') : reportOf(findings);
  // A connection that hangs keeps the process alive, so it is ended; what was printed has to be out by then.
  await new Promise<void>((resolve) => process.stdout.write(`${text}\n`, () => resolve()));
  return findings.some(({ verdict }) => verdict === 'failure') ? 1 : 0;
};

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true, strict: false });
const isUnderstood = positionals.length === 0 && Object.keys(values).every((name) => name === 'json');
if (isUnderstood) process.exit(await diagnose(values['json'] === true));
finish({ code: 2, text: USAGE });
