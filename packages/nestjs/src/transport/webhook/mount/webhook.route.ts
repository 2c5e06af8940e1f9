import {
  Controller,
  HttpCode,
  Post,
  RequestMethod,
  type Type,
  VERSION_NEUTRAL,
} from '@nestjs/common';
import type { ApplicationConfig, ModulesContainer } from '@nestjs/core';
import { RoutePathFactory } from '@nestjs/core/router/route-path-factory.js';

import type { WebhookController } from '../webhook.controller.js';
import { ClassEnhancerError } from '../webhook.errors.js';

/** Nest's own key, which it does not export. */
const MODULE_PATH_METADATA = '__module_path__';
const GATE_METADATA = Symbol.for('green-notifications:webhook-gate');
const ENHANCERS = ['__guards__', '__interceptors__', '__pipes__', '__exceptionFilters__'];

/** The POST route of one registration. */
export class WebhookRoute {
  constructor(
    private readonly controller: Type<WebhookController>,
    readonly path: string,
  ) {}

  /**
   * Gives the controller its route. Nest creates all providers before it maps the routes of the
   * controllers, so Nest maps this route too.
   *
   * @throws {ClassEnhancerError}
   */
  map(decorators: readonly MethodDecorator[]): void {
    const { prototype } = this.controller as { prototype: WebhookController };
    const method = Object.getOwnPropertyDescriptor(prototype, 'receive')!;
    Controller({ path: this.path, version: VERSION_NEUTRAL })(this.controller);
    for (const decorate of [Post(), HttpCode(200), ...decorators]) {
      decorate(prototype, 'receive', method);
    }
    Reflect.defineMetadata(GATE_METADATA, this, prototype.receive);
    refuseClassEnhancers(prototype.receive);
  }

  /**
   * Whether `handler` is the function that Nest registered for this route. Nest copies the method's
   * metadata to it.
   */
  isHandledBy(handler: unknown): boolean {
    return typeof handler === 'function' && Reflect.getMetadata(GATE_METADATA, handler) === this;
  }

  /** The paths of the route, with all prefixes and the version. Call it after the application is set up. */
  pathsIn(config: ApplicationConfig, modules: ModulesContainer): readonly string[] {
    const versioningOptions = config.getVersioning();
    const modulePath = this.modulePathIn(modules);
    return new RoutePathFactory(config).create(
      {
        ctrlPath: this.path,
        methodPath: '/',
        globalPrefix: config.getGlobalPrefix(),
        controllerVersion: VERSION_NEUTRAL,
        ...(versioningOptions && { versioningOptions }),
        ...(modulePath !== undefined && { modulePath }),
      },
      RequestMethod.POST,
    );
  }

  /** The prefix that `RouterModule.register` gives to the module of the controller. */
  private modulePathIn(modules: ModulesContainer): string | undefined {
    const owner = [...modules.values()].find(({ controllers }) => controllers.has(this.controller));
    if (!owner) return undefined;
    const keys = [MODULE_PATH_METADATA + modules.applicationId, MODULE_PATH_METADATA];
    return keys
      .map((key) => Reflect.getMetadata(key, owner.metatype) as string | undefined)
      .find((path) => path !== undefined);
  }
}

/**
 * Refuses guards, interceptors, pipes and filters that are classes. Nest has already decided which
 * enhancer classes to create. It would silently ignore these.
 */
function refuseClassEnhancers(method: object): void {
  const enhancers = ENHANCERS.flatMap(
    (key) => (Reflect.getMetadata(key, method) as unknown[] | undefined) ?? [],
  );
  const left = enhancers.find((enhancer) => typeof enhancer === 'function');
  if (left) throw new ClassEnhancerError(left);
}
