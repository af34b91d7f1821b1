/**
 * The layer table of ARCHITECTURE.md, as rules: what is not listed for a layer does not resolve to a green build.
 * Paths are relative to the repository; `$1` repeats what `from` captured.
 */
const TEST = '\\.(test|test-d|fixture)\\.ts$';

/** `from` may reach nothing of the repository but `to` (and itself, where it is listed). */
function only(name, from, to, comment) {
  return {
    name,
    severity: 'error',
    comment,
    from: { path: from, pathNot: TEST },
    to: {
      path: '^(portability|sdk|io|runners|cli|examples|test|benchmarks|scripts)/',
      pathNot: to,
    },
  };
}

/** Which npm packages a place may import; Node's own modules are always free here (lint narrows the engine's). */
function packages(name, from, allowed, pathNot = TEST) {
  return {
    name,
    severity: 'error',
    from: { path: from, pathNot },
    to: {
      dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
      ...(allowed ? { pathNot: `node_modules/(${allowed})/` } : {}),
    },
  };
}

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^\\.\\./dist/' },
    },
    {
      name: 'hash-crosses-a-layer',
      severity: 'error',
      comment: 'Inside a layer an import is relative.',
      from: { path: '^(portability|sdk|io|runners/[^/]+|cli)/' },
      to: { path: '^$1/', dependencyTypes: ['aliased-subpath-import'] },
    },
    {
      name: 'relative-stays-in-its-layer',
      severity: 'error',
      comment: 'An import that crosses a layer starts with #.',
      from: { path: '^(portability|sdk|io|runners/[^/]+|cli)/' },
      to: {
        path: '^(portability|sdk|io|runners/[^/]+|cli)/',
        pathNot: '^$1/',
        dependencyTypesNot: ['aliased-subpath-import', 'aliased'],
      },
    },
    only('portability', '^portability/', '^portability/', 'Knows nobody.'),
    only(
      'sdk',
      '^sdk/(?!harness/|testing/|runner\\.ts|default-runner\\.ts)',
      '^(portability|sdk)/',
    ),
    only(
      'sdk-runner',
      '^sdk/(testing/|runner\\.ts|default-runner\\.ts)',
      '^(portability|sdk|runners/direct)/',
    ),
    {
      name: 'direct-runner-is-lazy',
      severity: 'error',
      comment: 'Importing strahl loads no runner.',
      from: { path: '^sdk/', pathNot: TEST },
      to: { path: '^runners/', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
    only(
      'harness',
      '^sdk/harness/(?!worker-main)',
      '^(portability/|sdk/harness/|sdk/dofn/|sdk/schema/)',
    ),
    only('io', '^io/([^/]+)/', '^(portability/|sdk/|io/$1/|io/files/)'),
    only('core', '^runners/core/', '^(portability|runners/core)/', 'The engine knows no SDK.'),
    {
      name: 'core-reads-the-graph-in-plan',
      severity: 'error',
      from: { path: '^runners/core/(?!plan/)', pathNot: TEST },
      to: { path: '^portability/model/graph\\.ts$' },
    },
    only(
      'direct',
      '^runners/direct/',
      '^(portability/|sdk/runner\\.ts|sdk/harness/|runners/core/|runners/direct/)',
    ),
    only(
      'portable',
      '^runners/portable/(?!server/)',
      '^(portability/|sdk/runner\\.ts|sdk/harness/|sdk/expansion/|runners/portable/)',
    ),
    only(
      'portable-server',
      '^runners/portable/server/',
      '^(portability/|runners/core/|runners/portable/server/|runners/direct/(system-env|memory-limit)\\.ts)',
      'The clock and the files of the direct runner, and nothing else of it.',
    ),
    only('cli', '^cli/', '^(portability/|sdk/|io/|cli/|runners/[^/]+/index\\.ts)'),
    {
      name: 'cli-loads-io-lazily',
      severity: 'error',
      from: { path: '^cli/', pathNot: TEST },
      to: { path: '^(io|runners)/', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
    only(
      'examples',
      '^examples/',
      '^(examples/|(sdk|portability|sdk/testing|io/[^/]+|runners/[^/]+)/index\\.ts$)',
    ),
    {
      name: 'door-only',
      severity: 'error',
      comment: 'Examples use the public doors, by their public names.',
      from: { path: '^examples/', pathNot: TEST },
      to: {
        path: '^(portability|sdk|io|runners/[^/]+|cli)/',
        dependencyTypes: ['aliased-subpath-import', 'local'],
      },
    },
    packages('npm-portability', '^portability/', 'protobufjs|@grpc/grpc-js'),
    packages(
      'npm-sdk',
      '^sdk/',
      '@standard-schema/spec',
      `${TEST}|^sdk/result\\.ts$|^sdk/testing/(arbitraries|jest)\\.ts$`,
    ),
    packages('npm-sdk-arbitraries', '^sdk/testing/arbitraries\\.ts$', 'fast-check'),
    packages('npm-sdk-jest', '^sdk/testing/jest\\.ts$', '@jest/globals'),
    packages('npm-sdk-result', '^sdk/result\\.ts$', 'rxjs'),
    packages('npm-runners', '^runners/', ''),
    packages('npm-io', '^io/(?!csv/|observable/|arrow/|kafka/)', ''),
    packages('npm-io-csv', '^io/csv/', 'csv-parse'),
    packages('npm-io-observable', '^io/observable/', 'rxjs'),
    packages('npm-io-arrow', '^io/arrow/', 'apache-arrow'),
    packages('npm-cli', '^cli/', 'tsx|esbuild'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|out|coverage|\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.tests.json' },
    combinedDependencies: false,
    skipAnalysisNotInRules: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['strahl-source', 'import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
    cache: { folder: '.cache/depcruise', strategy: 'content' },
  },
};
