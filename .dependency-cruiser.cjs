// @ts-check
/**
 * Who may import whom. `npm run check` fails on a violation; tests/integration/importRules.test.ts proves each rule.
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: 'shared-is-pure',
      comment: 'shared/ runs in Node and in the window: it imports itself and zod, nothing else.',
      severity: 'error',
      from: { path: '^shared/', pathNot: '[.]test[.]ts$' },
      to: { pathNot: ['^shared/', 'node_modules/zod/'] },
    },
    {
      name: 'renderer-not-to-electron',
      comment: 'The window talks to the engine through the contract in shared/ only.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^electron/' },
    },
    {
      name: 'electron-not-to-renderer',
      comment: 'The engine does not know the window.',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: '^renderer/' },
    },
    {
      name: 'renderer-not-to-node',
      comment: 'The window is sandboxed: there is no Node in it.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '[.]test[.]tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron-api-at-the-edge',
      comment:
        'Only main.ts, preload.ts and desktop/ may import Electron: the command line runs in plain Node.',
      severity: 'error',
      from: { pathNot: ['^electron/(main|preload)[.]ts$', '^electron/desktop/', '^tests/', '^tools/'] },
      to: { path: ['node_modules/(electron|electron-store)/', '^electron$', '^electron-store$'] },
    },
    {
      name: 'services-stand-alone',
      comment: 'media, vision, hosts and trainers know neither each other nor who joins them.',
      severity: 'error',
      from: { path: '^electron/(media|vision|hosts|trainers)/' },
      to: {
        path: '^electron/(media|vision|hosts|trainers|studio|pipeline|library|desktop)/',
        pathNot: '^electron/$1/',
      },
    },
    {
      name: 'programs-start-in-media',
      comment:
        'Whatever starts another program counts it, holds it while a take is recorded, and lets none outlive it.',
      severity: 'error',
      from: {
        path: '^(electron|shared|renderer)/',
        pathNot: ['[.]test[.]ts$', '^electron/media/(process|locate|guardian|children)[.]ts$'],
      },
      to: { path: '^(node:)?child_process$' },
    },
    {
      name: 'capture-without-react',
      comment: 'Recording does not depend on what is drawn.',
      severity: 'error',
      from: { path: '^renderer/capture/', pathNot: '[.]test[.]tsx?$' },
      to: { path: ['node_modules/react(-dom)?/', '^renderer/(screens|ui)/'] },
    },
    {
      name: 'ui-without-takes',
      comment: 'The design system knows nothing of takes.',
      severity: 'error',
      from: { path: '^renderer/ui/' },
      to: { path: ['^renderer/(screens|capture)/', '^shared/domain/'] },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that import each other are one file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'product-not-to-tests',
      comment: 'The product does not contain its tests, nor the tools that build it.',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: '[.]test[.]tsx?$' },
      to: { path: ['^(tests|tools)/', '[.]test[.]tsx?$'] },
    },
    {
      name: 'product-not-to-dev-packages',
      comment: 'What the product imports is in "dependencies"; Electron itself is the exception.',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: '[.]test[.]tsx?$' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/electron/',
      },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere, or to a package that package.json does not name.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^out' },
    // Types count as imports: a type of the engine in the window is a wire between them too.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json', '.d.ts'],
    },
    moduleSystems: ['es6', 'cjs'],
  },
};
