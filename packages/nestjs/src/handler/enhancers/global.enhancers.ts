import type { CanActivate, NestInterceptor, PipeTransform } from '@nestjs/common';

import { SafeLogger } from '../../common/safe.logger.js';
import {
  GLOBAL_ENHANCER_TROUBLE,
  watchedGuard,
  watchedInterceptor,
  watchedPipe,
  type EnhancerKind,
} from './watched.enhancers.js';

/** The method of Nest's context creators that returns the global enhancers. */
interface GlobalEnhancerSource {
  getGlobalMetadata: (...context: never[]) => unknown[];
}

/**
 * Decides which kinds of global enhancers run for notifications. If one of them denies a
 * notification or throws, a warning says so, once for each class.
 */
export class GlobalEnhancers {
  private readonly logger = new SafeLogger('GreenNotifications');
  private readonly warned = new Set<unknown>();

  constructor(readonly enabled: ReadonlySet<EnhancerKind>) {}

  /** Makes one of Nest's context creators use only the enabled kinds. */
  govern(kind: EnhancerKind, source: object): void {
    const creator = source as GlobalEnhancerSource;
    const all = creator.getGlobalMetadata.bind(creator);
    creator.getGlobalMetadata = (...context) =>
      this.enabled.has(kind)
        ? all(...context).map((enhancer) => this.watched(kind, enhancer as object))
        : [];
  }

  private watched(kind: EnhancerKind, enhancer: object): object {
    const report = (problem: string) => this.warnOnce(kind, enhancer, problem);
    switch (kind) {
      case 'guards':
        return watchedGuard(enhancer as CanActivate, report);
      case 'interceptors':
        return watchedInterceptor(enhancer as NestInterceptor, report);
      case 'pipes':
        return watchedPipe(enhancer as PipeTransform, report);
      default:
        return enhancer;
    }
  }

  private warnOnce(kind: EnhancerKind, { constructor }: object, problem: string): void {
    if (this.warned.has(constructor)) return;
    this.warned.add(constructor);
    this.logger.warn(GLOBAL_ENHANCER_TROUBLE(kind, constructor.name, problem));
  }
}
