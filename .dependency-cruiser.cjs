// The folders of packages/nestjs/src, in the order of docs/architecture.md: each may import only
// what stands before it.
const LAYERS = [
  'common',
  'notification',
  'gateway',
  'instance',
  'delivery',
  'handler',
  'transport',
  'settings',
  'telemetry',
  'health',
  'module',
  'testing',
  'spi',
  'schematics',
];
const SRC = '^packages/nestjs/src';

const againstTheOrder = LAYERS.slice(0, -1).map((layer, index) => ({
  name: `${layer}-imports-what-stands-after-it`,
  severity: 'error',
  from: { path: `${SRC}/${layer}/` },
  to: { path: `${SRC}/(${LAYERS.slice(index + 1).join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      severity: 'error',
      from: {},
      to: { circular: true, via: { pathNot: `${SRC}/notification/message/` } },
    },
    {
      // A message may quote a message, so these types refer to each other.
      name: 'no-circle-but-of-types-between-messages',
      severity: 'error',
      from: { path: `${SRC}/notification/message/` },
      to: { circular: true, via: { dependencyTypesNot: ['type-only'] } },
    },
    ...againstTheOrder,
    {
      name: 'transport-knows-no-handler',
      severity: 'error',
      from: { path: `${SRC}/transport/` },
      to: { path: `${SRC}/handler/` },
    },
    {
      name: 'transport-sees-nothing-of-delivery-but-the-intake',
      severity: 'error',
      from: { path: `${SRC}/transport/` },
      to: { path: `${SRC}/delivery/`, pathNot: '/delivery/(notification\\.intake|outcome)\\.ts$' },
    },
    {
      name: 'only-the-module-chooses-an-intake',
      severity: 'error',
      from: { path: `${SRC}/`, pathNot: `${SRC}/(module/|delivery/.*\\.spec\\.ts$)` },
      to: { path: `${SRC}/delivery/direct\\.intake\\.ts$` },
    },
    {
      name: 'notification-and-gateway-know-no-nest',
      severity: 'error',
      from: { path: `${SRC}/(notification|gateway|instance)/`, pathNot: '\\.spec\\.ts$' },
      to: { path: '@nestjs' },
    },
    {
      name: 'schematics-run-without-the-module',
      severity: 'error',
      from: { path: `${SRC}/schematics/` },
      to: { path: `${SRC}/`, pathNot: `${SRC}/schematics/` },
    },
    {
      name: 'inbox-sees-only-what-packages-of-others-see',
      severity: 'error',
      from: { path: '^packages/inbox/' },
      to: {
        path: '^packages/',
        pathNot: `^packages/inbox/|${SRC}/(index|spi/index|testing/index)\\.ts$`,
      },
    },
    {
      name: 'inbox-jobs-know-no-database',
      severity: 'error',
      from: { path: '^packages/inbox/src/(jobs|store|consumer)/' },
      to: { path: '^packages/inbox/src/(database|postgres|connect)/|pg-boss|pglite' },
    },
    {
      name: 'module-and-emulator-meet-over-http-only',
      severity: 'error',
      from: { path: '^packages/nestjs/' },
      to: { path: '^packages/emulator/|@green-notifications/emulator' },
    },
    {
      name: 'emulator-knows-no-nest',
      severity: 'error',
      from: { path: '^packages/emulator/' },
      to: { path: '^packages/nestjs/|@green-notifications/nestjs|@nestjs' },
    },
    {
      name: 'bench-sees-only-what-users-import',
      severity: 'error',
      from: { path: '^bench/' },
      to: {
        path: '^packages/',
        pathNot: `${SRC}/(index|spi/index)\\.ts$|^packages/inbox/src/index\\.ts$`,
      },
    },
    {
      name: 'gateway-of-the-bench-uses-nothing-of-the-product',
      severity: 'error',
      from: { path: '^bench/src/(gateway|sections|report)/' },
      to: { path: '^packages/|@green-notifications|@nestjs', pathNot: 'node_modules/@types' },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: [
        '@green-notifications/source',
        'import',
        'require',
        'node',
        'default',
        'types',
      ],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.d.ts'],
    },
  },
};
