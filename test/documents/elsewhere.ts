// Commands of the documents that no test types: who runs them instead, or why nobody can here.

const DOCKER = 'there is no Docker engine here: test/packaging checks its services and runs the commands inside of them';
const CI = '.ci/run';

/** Measurements take minutes and want a quiet machine. */
export const isMeasurement = (command: string): boolean => /^npm run bench(:[a-z]+)?( |$)/.test(command);

/** By the command as it stands in a document. */
export const NOT_REHEARSED: Readonly<Record<string, string>> = {
  'npm ci && npm test': CI,
  'npm run check': CI,
  'npm run chaos': 'test/chaos/chaos.test.ts plays a campaign of its own',
  'npm run chaos -- --minutes 5 --seed 1': 'test/chaos/chaos.test.ts plays a campaign of its own',
  'npm ci --omit=dev --omit=optional': 'test/packaging/image.test.ts, as the Dockerfile has it',
  'git pull': 'there is nowhere to pull from',
  'docker compose up --detach --build': DOCKER,
  'docker compose up --detach --scale bot=2 --scale worker=2': DOCKER,
  'docker compose exec worker npm run doctor': DOCKER,
  'docker compose logs --follow bot worker': DOCKER,
  'docker compose stop bot worker': DOCKER,
  'docker compose start bot worker': DOCKER,
  'docker compose exec -T postgres pg_dump --username bot --format custom bot > ledger.dump': DOCKER,
  'docker compose exec postgres dropdb --username bot --force bot': DOCKER,
  'docker compose exec postgres createdb --username bot bot': DOCKER,
  'docker compose exec -T postgres pg_restore --username bot --no-owner --dbname bot < ledger.dump': DOCKER,
  'docker compose exec postgres psql --username bot --command "update reference_sequences set last_reference = last_reference + 100000" bot':
    DOCKER,
};
