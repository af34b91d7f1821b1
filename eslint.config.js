import { fileURLToPath } from 'node:url';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const root = fileURLToPath(new URL('.', import.meta.url));

const noBuiltinInstanceof = {
  selector: "BinaryExpression[operator='instanceof'][right.name=/Error$/]",
  message:
    'An error of another realm (Jest, a VM) is no instance of ours: use isStrahlError, `code` or `kind`.',
};

/** The engine touches the world through `Env` and its ports alone; that is what makes a job replayable from a seed. */
const worldOfTheEngine = [
  ...['Date', 'process', 'performance', 'crypto', 'fetch'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
].map((name) => ({ name, message: 'The engine knows no world: ask `Env` (runners/core/env.ts).' }));

const modulesOfTheWorld = [
  ...['fs', 'fs/promises', 'net', 'http', 'https', 'process', 'perf_hooks', 'crypto', 'timers'],
  ...['timers/promises', 'child_process', 'worker_threads', 'os', 'dns', 'tls'],
].flatMap((name) => [name, `node:${name}`]);

const libraries = {
  rxjs: 'rxjs belongs to io/observable and sdk/result.ts, where values are few and observers many.',
  kafkajs: 'kafkajs belongs to io/kafka/client.',
  'apache-arrow': 'apache-arrow belongs to io/arrow.',
};

function libraryBan(...allowed) {
  const banned = Object.entries(libraries).filter(([name]) => !allowed.includes(name));
  return banned.map(([name, message]) => ({ group: [name, `${name}/*`], message }));
}

export default defineConfig(
  {
    ignores: ['dist/', 'out/', 'coverage/', '.cache/', 'portability/proto/generated/'],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.tests.json', tsconfigRootDir: root },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      // Branded numbers and enum-like unions are printed in messages all the time.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // An index that the line above has checked, or that a loop bounds, is proved by eye; `as` would hide more.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `() => listener.next(v)` reads best as one expression.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // `for (;;)` and `while (true)` are how a scanner over bytes is written.
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'always' },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
      // A caught value is passed on untouched; and what is thrown and caught inside one room, once per bad record, is
      // a class without the cost of a stack.
      '@typescript-eslint/only-throw-error': [
        'error',
        {
          allowRethrowing: true,
          allowThrowingUnknown: true,
          allow: ['RecordFault', 'BadRecord', 'PlainRefusal'],
        },
      ],
      'max-lines': ['warn', { max: 300 }],
      'max-lines-per-function': ['warn', { max: 40 }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', noBuiltinInstanceof],
      // What a user's function may return is said with `void | Promise<void>`.
      '@typescript-eslint/no-invalid-void-type': 'off',
      'no-restricted-imports': ['error', { patterns: libraryBan() }],
    },
  },
  {
    files: ['runners/core/**/*.ts', 'runners/partitioned/**/*.ts'],
    ignores: ['**/*.{test,fixture}.ts'],
    rules: {
      'no-restricted-globals': ['error', ...worldOfTheEngine],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Ask `Env` for randomness.' },
        { object: 'globalThis', property: 'process', message: 'The engine knows no process.' },
      ],
      'no-restricted-imports': ['error', { paths: modulesOfTheWorld, patterns: libraryBan() }],
    },
  },
  {
    files: ['io/observable/**/*.ts', 'sdk/result.ts', 'sdk/result.test.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: libraryBan('rxjs') }] },
  },
  {
    files: ['io/arrow/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: libraryBan('apache-arrow') }] },
  },
  {
    // These speak to a person at a terminal, and show what a user's program may do.
    files: ['cli/**/*.ts', 'scripts/**/*.ts', 'benchmarks/**/*.ts', 'examples/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['benchmarks/**/*.ts', 'examples/**/*.ts', 'test/**/*.ts', '**/*.{test,fixture}.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    // Tests feed what the types forbid, and a describe block is as long as its cases.
    files: ['**/*.{test,test-d,fixture}.ts', 'test/**/*.ts', 'benchmarks/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
);
