import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, describe, expect, it, jest } from '@jest/globals';
import prettier from 'prettier';

import { newProject, type NewProject, type ProjectKind } from './support/new.project.js';

// Each test starts several processes and a compiler.
jest.setTimeout(240_000);

const MODULE = 'src/app.module.ts';
const LISTENER = 'src/green-notifications/messages.listener.ts';
const projects: NewProject[] = [];

async function newOne(kind: ProjectKind = { nest: 12, type: 'esm' }): Promise<NewProject> {
  const project = await newProject(kind);
  projects.push(project);
  return project;
}

afterEach(() => {
  for (const { root } of projects.splice(0))
    rmSync(join(root, '..'), { recursive: true, force: true });
});

function moduleWith(extension: string, transport: string): string {
  return `import { Module } from '@nestjs/common';
import { AppController } from './app.controller${extension}';
import { AppService } from './app.service${extension}';
import { GreenNotificationsModule } from '@green-notifications/nestjs';
import { MessagesListener } from './green-notifications/messages.listener${extension}';

@Module({
  imports: [
    GreenNotificationsModule.forRootAsync({
      useFactory: () => ({
${transport}        instances: [
          {
            idInstance: process.env.GREEN_API_INSTANCE!,
            apiTokenInstance: process.env.GREEN_API_TOKEN!,
          },
        ],
      }),
    }),
  ],
  controllers: [AppController],
  providers: [AppService, MessagesListener],
})
export class AppModule {}
`;
}

const WEBHOOK = `        transport: 'webhook',
        webhook: { token: process.env.GREEN_API_WEBHOOK_TOKEN },
`;

describe('nest add @green-notifications/nestjs', () => {
  it.each([
    { nest: 11, type: 'cjs', options: ['--transport=webhook'], added: moduleWith('', WEBHOOK) },
    { nest: 12, type: 'cjs', options: [], added: moduleWith('', '') },
    {
      nest: 12,
      type: 'esm',
      options: ['--transport', 'webhook'],
      added: moduleWith('.js', WEBHOOK),
    },
  ] as const)('sets up a new project of Nest $nest ($type) $options', async (testCase) => {
    const { nest, type, options, added } = testCase;
    const project = await newOne({ nest, type });

    const printed = await project.nestAdd(...options);

    expect(printed).toContain('Then send "ping"');
    expect(project.read(MODULE)).toBe(added);
    expect(project.problemsIn(MODULE, LISTENER)).toEqual([]);
    const style = { ...JSON.parse(project.read('.prettierrc')), parser: 'typescript' };
    for (const file of [MODULE, LISTENER])
      expect(await prettier.check(project.read(file), style)).toBe(true);
    const isWebhook = options.length > 0;
    expect(project.read('.env.example')).toBe(
      `GREEN_API_INSTANCE=\nGREEN_API_TOKEN=\n${isWebhook ? 'GREEN_API_WEBHOOK_TOKEN=\n' : ''}`,
    );
    expect(printed.includes('<your global prefix, if any>/green-api/webhook')).toBe(isWebhook);

    const printedAgain = await project.nestAdd('--transport=polling');

    expect(printedAgain).toContain(`${MODULE} sets up GreenNotificationsModule already`);
    expect(printedAgain).toContain('Nothing to be done');
    expect(project.read(MODULE)).toBe(added);
  });

  it('keeps what is in the files for the environment', async () => {
    const project = await newOne();
    project.write('.env', 'GREEN_API_TOKEN=mine\n');
    project.write('.env.example', 'PORT=3000\nexport GREEN_API_TOKEN=yours');

    await project.nestAdd('--transport=webhook');

    expect(project.read('.env')).toBe('GREEN_API_TOKEN=mine\n');
    expect(project.read('.env.example')).toBe(
      'PORT=3000\nexport GREEN_API_TOKEN=yours\nGREEN_API_INSTANCE=\nGREEN_API_WEBHOOK_TOKEN=\n',
    );
  });

  it('prints what to add to a module that it does not understand', async () => {
    const project = await newOne();
    const odd = project.read(MODULE).replace('imports: [],', '...shared,');
    project.write(MODULE, odd);

    const printed = await project.nestAdd();

    expect(printed).toContain(`${MODULE} is left as it is`);
    expect(printed).toContain('imports: [GreenNotificationsModule.forRootAsync({');
    expect(printed).toContain('providers: [MessagesListener]');
    expect(printed).toContain(`from './green-notifications/messages.listener.js'`);
    expect(project.read(MODULE)).toBe(odd);
    expect(existsSync(project.path(LISTENER))).toBe(true);
  });

  it('changes the module that is given', async () => {
    const project = await newOne();
    const bot = `import { Module } from '@nestjs/common';\n\n@Module({})\nexport class BotModule {}\n`;
    project.write('src/bot/bot.module.ts', bot);

    await project.nestAdd('--module=src/bot/bot.module.ts');

    const changed = project.read('src/bot/bot.module.ts');
    expect(changed).toContain(`from './green-notifications/messages.listener.js'`);
    expect(existsSync(project.path('src/bot/green-notifications/messages.listener.ts'))).toBe(true);
    expect(project.read(MODULE)).not.toContain('GreenNotifications');
  });

  it('changes nothing if there is no such module', async () => {
    const project = await newOne();

    const printed = await project.nestAdd('--module=src/no.module.ts');

    expect(printed).toContain('src/no.module.ts does not exist, so nothing was changed');
    expect(existsSync(project.path('.env.example'))).toBe(false);
  });
});
