import {
  GreenNotifications,
  GreenNotificationsModule,
  InvalidOptionsError,
  OnNotification,
  WebhookWithoutServerError,
  ClassEnhancerError,
} from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import {
  Body,
  type CanActivate,
  Controller,
  type ExecutionContext,
  type INestApplication,
  Injectable,
  type NestInterceptor,
  Post,
  SetMetadata,
  UseGuards,
  ValidationPipe,
  VersioningType,
} from '@nestjs/common';
import { APP_GUARD, NestFactory, Reflector } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { IsString } from 'class-validator';
import { map } from 'rxjs';

import { RecordingLogger } from '../support/recording.logger.js';
import { PLATFORMS, WebhookHarness } from './webhook.harness.js';

@Injectable()
class Inbox {
  seen = 0;

  @OnNotification('*')
  on() {
    this.seen += 1;
  }
}

class Order {
  @IsString()
  name!: string;
}

@Controller({ path: 'orders', version: '1' })
class OrderController {
  @Post()
  create(@Body() order: Order): string {
    return order.name;
  }
}

@Injectable()
class AuthGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType<string>() !== 'http') return true;
    return this.reflector.getAllAndOverride('isPublic', [context.getHandler(), context.getClass()]);
  }
}

const Public = () => SetMetadata('isPublic', true);
const STRICT = new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true });
const HOST = { providers: [Inbox], controllers: [OrderController] };

describe.each(PLATFORMS)('a webhook in a host application on %s', (platform) => {
  describe.each([
    ['forRoot', false],
    ['forRootAsync', true],
  ])('with %s', (_name, async) => {
    it('has its route where the options say', async () => {
      await using harness = await WebhookHarness.start(platform);
      const { app, url } = await harness.run(HOST, { async, webhook: { path: '/in/here' } });
      expect(url).toMatch(/\/in\/here$/);
      expect((await harness.post(url, harness.text())).status).toBe(200);
      expect(app.get(Inbox).seen).toBe(1);
      expect(harness.logs.having('LOG', 'Mapped {/in/here, POST}')).toHaveLength(1);
    });

    it('has no route while it polls, and no need of a token', async () => {
      await using harness = await WebhookHarness.start(platform);
      const { url } = await harness.run(HOST, {
        async,
        transport: 'polling',
        webhook: { token: undefined },
      });
      await harness.instance.waitForParkedPolls();
      expect((await harness.post(url, harness.text())).status).toBe(404);
      expect(harness.logs.lines.filter((line) => line.includes('GreenApiWebhook'))).toEqual([]);
    });

    it('is where prefix and versions put it, past strict pipes', async () => {
      await using harness = await WebhookHarness.start(platform);
      const { app, url } = await harness.run(HOST, {
        async,
        host: (created) => {
          created.setGlobalPrefix('api');
          created.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
          created.useGlobalPipes(STRICT);
        },
      });
      const prefixed = url.replace('/green-api', '/api/green-api');
      expect((await harness.post(prefixed, harness.text())).status).toBe(200);
      expect((await harness.post(url, harness.text())).status).toBe(404);
      const headers = { authorization: 'Bearer wrong' };
      expect((await harness.post(prefixed, harness.text(), { headers })).status).toBe(401);
      expect(app.get(Inbox).seen).toBe(1);
    });

    it('obeys global guards, which decorators can let it through', async () => {
      const guarded = { ...HOST, providers: [Inbox, { provide: APP_GUARD, useClass: AuthGuard }] };
      await using harness = await WebhookHarness.start(platform);
      const closed = await harness.run(guarded, { async });
      expect((await harness.post(closed.url, harness.text())).status).toBe(403);
      const open = await harness.run(guarded, { async, webhook: { decorators: [Public()] } });
      expect((await harness.post(open.url, harness.text())).status).toBe(200);
      expect([closed.app.get(Inbox).seen, open.app.get(Inbox).seen]).toEqual([0, 1]);
    });

    it('does not start without a token', async () => {
      await using harness = await WebhookHarness.start(platform);
      const run = harness.run(HOST, { async, webhook: { token: undefined } });
      await expect(run).rejects.toThrow(InvalidOptionsError);
      const empty = harness.run(HOST, { async, webhook: { token: '' } });
      await expect(empty).rejects.toThrow(/webhook\.token/);
    });

    it('starts without a token with insecure: true, and logs a warning', async () => {
      await using harness = await WebhookHarness.start(platform);
      const { url } = await harness.run(HOST, { async, webhook: { token: [], insecure: true } });
      const headers = { authorization: [] };
      expect((await harness.post(url, harness.text(), { headers })).status).toBe(200);
      expect(harness.logs.having('WARN', 'insecure')).toHaveLength(1);
    });
  });

  it.each([
    ['header', { type: VersioningType.HEADER, header: 'x-version' } as const],
    ['media type', { type: VersioningType.MEDIA_TYPE, key: 'v=' } as const],
  ])('is there whatever the version in the %s', async (_name, versioning) => {
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run(HOST, { host: (app) => app.enableVersioning(versioning) });
    expect((await harness.post(url, harness.text())).status).toBe(200);
  });

  it('is outside of the prefix where the host says so', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run(HOST, {
      host: (app) => app.setGlobalPrefix('api', { exclude: ['green-api/webhook'] }),
    });
    expect((await harness.post(url, harness.text())).status).toBe(200);
    const headers = { authorization: 'Bearer wrong' };
    expect((await harness.post(url, harness.text(), { headers })).status).toBe(401);
  });

  it('answers by itself, whatever interceptors make of it', async () => {
    const wrap: NestInterceptor = {
      intercept: (_context, next) => next.handle().pipe(map((data: unknown) => ({ data }))),
    };
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run(HOST, { host: (app) => app.useGlobalInterceptors(wrap) });
    expect(await harness.post(url, harness.text())).toMatchObject({ status: 200, body: '' });
  });

  it("leaves the host's own body parser and its limits alone", async () => {
    await using harness = await WebhookHarness.start(platform);
    const { url } = await harness.run(HOST, {
      host: (app) => {
        app.enableVersioning({ type: VersioningType.URI });
        app.useGlobalPipes(STRICT);
      },
    });
    const orders = url.replace('green-api/webhook', 'v1/orders');
    expect(await harness.post(orders, { name: 'tea' })).toMatchObject({ status: 201, body: 'tea' });
    expect((await harness.post(orders, { name: 'tea', more: 1 })).status).toBe(400);
    expect((await harness.post(orders, { name: 'x'.repeat(2_000_000) })).status).toBe(413);
  });

  it('works in an application made by the testing module, which gets its server late', async () => {
    await using harness = await WebhookHarness.start(platform);
    const module = await Test.createTestingModule({
      imports: [GreenNotificationsModule.forRoot(harness.options())],
      providers: [Inbox],
    })
      .setLogger(harness.logs)
      .compile();
    const app: INestApplication = module.createNestApplication(
      platform === 'fastify' ? new FastifyAdapter() : new ExpressAdapter(),
    );
    await app.listen(0, '127.0.0.1');
    const url = `${await app.getUrl()}/green-api/webhook`;
    const headers = { authorization: 'Bearer wrong' };
    expect((await harness.post(url, harness.text(), { headers })).status).toBe(401);
    expect((await harness.post(url, harness.text())).status).toBe(200);
    await app.close();
  });

  it('posts to one instance and polls the other', async () => {
    await using harness = await WebhookHarness.start(platform, 1101000001, 1101000002);
    const { app, url } = await harness.run(HOST, {
      instances: { 0: { transport: 'webhook' }, 1: { transport: 'polling' } },
    });
    const polled = harness.emulator.instance(1101000002);
    await polled.publish(polled.build.incomingText('polled')).deleted;
    expect((await harness.post(url, harness.text())).status).toBe(200);
    expect((await harness.post(url, polled.build.incomingText('posted'))).status).toBe(404);
    expect(app.get(Inbox).seen).toBe(2);
    expect(harness.instance.requests.records).toEqual([]);
  });

  it('refuses guards that Nest could not make', async () => {
    await using harness = await WebhookHarness.start(platform);
    const run = harness.run(HOST, { webhook: { decorators: [UseGuards(AuthGuard)] } });
    await expect(run).rejects.toThrow(ClassEnhancerError);
  });
});

describe('a webhook without a server', () => {
  it('does not start', async () => {
    await using harness = await WebhookHarness.start('express');
    const context = NestFactory.createApplicationContext(
      GreenNotificationsModule.forRoot(harness.options({ unhandled: 'acknowledge' })),
      { logger: new RecordingLogger(), abortOnError: false },
    );
    await expect(context).rejects.toThrow(WebhookWithoutServerError);
  });

  it('is not missed by an application that polls', async () => {
    await using harness = await WebhookHarness.start('express');
    const context = await NestFactory.createApplicationContext(
      GreenNotificationsModule.forRoot(
        harness.options({ transport: 'polling', unhandled: 'acknowledge' }),
      ),
      { logger: new RecordingLogger(), abortOnError: false },
    );
    expect(context.get(GreenNotifications).instances).toHaveLength(1);
    await context.close();
  });
});
