// The floors of the house: what may import what. A wrong import fails the build.
export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      comment: 'A file that nothing reaches is dead code. Entry points and what the browser loads are reached from outside.',
      severity: 'error',
      from: { orphan: true, pathNot: ['^src/(main|demo|fund|settle|rotate-keys)\\.ts$', '^src/sandbox/telegram/page/'] },
      to: {},
    },
    {
      name: 'domain-is-pure',
      comment: 'The domain imports the domain alone: no package, no node:*, no other floor.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: '^src/domain/' },
    },
    {
      name: 'ports-are-types',
      severity: 'error',
      from: { path: '^src/app/ports/' },
      to: { pathNot: ['^src/domain/', '^src/app/ports/'] },
    },
    {
      name: 'use-cases-know-ports',
      comment: 'Use cases import the domain and the ports: no package, no node:*, no adapter.',
      severity: 'error',
      from: { path: '^src/app/[^/]+\\.ts$' },
      to: { pathNot: ['^src/domain/', '^src/app/'] },
    },
    {
      name: 'adapters-know-ports',
      comment: 'An adapter imports the domain, the ports, its own folder and its packages: never a use case.',
      severity: 'error',
      from: { path: '^src/adapters/' },
      to: { path: ['^src/app/[^/]+\\.ts$', '^src/[^/]+\\.ts$', '^src/sandbox/'] },
    },
    {
      name: 'adapters-are-strangers',
      comment: 'What one adapter needs from another arrives as a parameter whose type the consumer declares.',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/' },
      to: { path: '^src/adapters/([^/]+)/', pathNot: '^src/adapters/$1/' },
    },
    {
      name: 'sandbox-stands-alone',
      comment: 'The stand-ins share nothing with the bot, so that a misunderstanding cannot hide by being shared.',
      severity: 'error',
      from: { path: '^src/sandbox/([^/]+)/' },
      to: { path: '^src/', pathNot: '^src/sandbox/$1/' },
    },
    {
      name: 'composition-root-is-the-root',
      severity: 'error',
      from: { path: '^src/(domain|app|adapters|sandbox)/' },
      to: { path: '^src/[^/]+\\.ts$' },
    },
    {
      name: 'no-dev-dependencies',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'one-file-imports-grammy',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/adapters/telegram/grammy\\.ts$' },
      to: { path: '^node_modules/grammy/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
