import type { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';

/** A method with one of our decorators, as found in the application. */
export interface DecoratedMethod<Metadata> {
  readonly wrapper: InstanceWrapper;
  readonly prototype: object;
  readonly methodName: string;
  /** Class and method, such as `Inbox.onText`. */
  readonly name: string;
  /** What the decorator left there. */
  readonly metadata: Metadata;
}

/** Finds the methods that have the metadata `key`. */
export class DecoratedMethods<Metadata> {
  constructor(
    private readonly key: symbol,
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onControllers(): readonly DecoratedMethod<Metadata>[] {
    return this.discovery.getControllers().flatMap((wrapper) => this.methodsOf(wrapper));
  }

  /**
   * Once for each instance. A factory or a value may give an instance that is a provider already,
   * which makes no second one: the one that Nest created from its class is taken.
   */
  onProviders(): readonly DecoratedMethod<Metadata>[] {
    const seen = new Set<unknown>();
    return this.discovery
      .getProviders()
      .filter(({ isAlias }) => !isAlias)
      .toSorted((a, b) => Number(a.isNotMetatype) - Number(b.isNotMetatype))
      .filter(({ instance }) => {
        const isFirst = !instance || !seen.has(instance);
        seen.add(instance);
        return isFirst;
      })
      .flatMap((wrapper) => this.methodsOf(wrapper));
  }

  private methodsOf(wrapper: InstanceWrapper): DecoratedMethod<Metadata>[] {
    const prototype = prototypeOf(wrapper);
    if (prototype === undefined) return [];
    return this.scanner.getAllMethodNames(prototype).flatMap((methodName) => {
      const method: unknown = (prototype as Record<string, unknown>)[methodName];
      if (typeof method !== 'function' || !Reflect.hasMetadata(this.key, method)) return [];
      const name = `${prototype.constructor.name}.${methodName}`;
      const metadata = Reflect.getMetadata(this.key, method) as Metadata;
      return { wrapper, prototype, methodName, name, metadata };
    });
  }
}

/** A request-scoped factory has made nothing yet, but is mostly provided under its class. */
function prototypeOf(wrapper: InstanceWrapper): object | undefined {
  const { instance, token } = wrapper;
  const isStillToCome = typeof token === 'function' && !wrapper.isDependencyTreeStatic();
  const prototype: unknown =
    typeof instance === 'object' && instance !== null
      ? Object.getPrototypeOf(instance)
      : isStillToCome && token.prototype;
  return typeof prototype === 'object' && prototype !== null ? prototype : undefined;
}
