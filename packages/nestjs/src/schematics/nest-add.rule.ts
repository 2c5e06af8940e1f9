import { posix } from 'node:path';

import {
  isVariableIn,
  LISTENER,
  listenerSource,
  moduleAddition,
  type Transport,
  variablesFor,
} from './generated.code.js';
import { addToModule } from './module.source.js';
import { findCompiler } from './project.compiler.js';
import { importExtensionIn } from './import.extension.js';
import type { ProjectFiles } from './project.files.js';

/** As `nest-add.schema.json` describes them. */
interface NestAddOptions {
  readonly transport: Transport;
  readonly module?: string;
  readonly sourceRoot: string;
}

interface RuleContext {
  readonly logger: { info(message: string): void; warn(message: string): void };
}

/**
 * What `nest add @green-notifications/nestjs` does after the installation. A project that has
 * `GreenNotificationsModule` already is left as it is.
 *
 * @throws {Error} if there is no such module
 */
export function nestAdd({ transport, module, sourceRoot }: NestAddOptions) {
  return (files: ProjectFiles, { logger }: RuleContext): void => {
    const modulePath = posix.join('/', module ?? `${sourceRoot}/app.module.ts`);
    if (!files.exists(modulePath))
      throw new Error(
        `${modulePath.slice(1)} does not exist, so nothing was changed. ` +
          'Name the file of your module: --module=src/bot/bot.module.ts',
      );
    const existing = findExistingSetup(files, modulePath, sourceRoot);
    if (existing !== undefined) {
      logger.info(
        `${existing.slice(1)} sets up GreenNotificationsModule already. Nothing was changed.`,
      );
      return;
    }
    changeModule(files, modulePath, transport, logger);
    const listenerPath = posix.join(posix.dirname(modulePath), LISTENER.path);
    if (!files.exists(listenerPath)) files.create(listenerPath, listenerSource());
    addVariables(files, variablesFor(transport));
    logger.info(nextSteps(transport));
  };
}

function changeModule(
  files: ProjectFiles,
  path: string,
  transport: Transport,
  logger: RuleContext['logger'],
): void {
  const compiler = findCompiler();
  const source = textOf(files, path);
  const addition = moduleAddition(transport, importExtensionIn(files, source, compiler));
  const changed = compiler && addToModule(compiler, source, addition);
  if (changed !== undefined) {
    files.overwrite(path, changed);
    return;
  }
  logger.warn(
    [
      `${path.slice(1)} is left as it is, because this tool does not understand it. Add by hand:`,
      ...addition.imports,
      `imports: [${addition.module}]`,
      `providers: [${addition.provider}]`,
    ].join('\n'),
  );
}

/** The module that has the setup, in the same application. */
function findExistingSetup(
  files: ProjectFiles,
  modulePath: string,
  sourceRoot: string,
): string | undefined {
  const modules = [modulePath];
  files.getDir(posix.join('/', sourceRoot)).visit((path) => {
    if (path.endsWith('.module.ts')) modules.push(path);
  });
  return modules.find((path) => textOf(files, path).includes('GreenNotificationsModule.forRoot'));
}

/** `.env` has secrets and belongs to the user: only the example is changed. */
function addVariables(files: ProjectFiles, names: readonly string[]): void {
  const path = '/.env.example';
  const text = textOf(files, path);
  const missing = names.filter((name) => !isVariableIn(text, name));
  if (missing.length === 0) return;
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  const changed = `${text}${separator}${missing.map((name) => `${name}=\n`).join('')}`;
  if (files.exists(path)) files.overwrite(path, changed);
  else files.create(path, changed);
}

function nextSteps(transport: Transport): string {
  const settings =
    transport === 'polling'
      ? 'In the GREEN-API console, leave webhookUrl empty'
      : 'In the GREEN-API console, set webhookUrl to https://<your host>/<your global prefix, if any>/green-api/webhook ' +
        'and webhookUrlToken to the value of GREEN_API_WEBHOOK_TOKEN';
  return [
    `Copy ${variablesFor(transport).join(', ')} from .env.example to .env, and fill them in. If your application does not load .env, start it with "nest start --env-file .env".`,
    `${settings}, and switch incomingWebhook on.`,
    'Then send "ping" to the account: it answers "pong".',
  ].join('\n');
}

function textOf(files: ProjectFiles, path: string): string {
  return files.read(path)?.toString() ?? '';
}
