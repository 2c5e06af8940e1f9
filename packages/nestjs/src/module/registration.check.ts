import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';

import { DuplicateRegistrationError } from './module.errors.js';
import { MODULE_OPTIONS_TOKEN } from './green-notifications.module-definition.js';

/**
 * Refuses a second registration. Nest creates a separate module for each `forRoot()`, and each
 * would receive notifications and run every handler.
 */
@Injectable()
export class RegistrationCheck implements OnModuleInit {
  constructor(private readonly modules: ModulesContainer) {}

  /** @throws {DuplicateRegistrationError} */
  onModuleInit(): void {
    const registrations = [...this.modules.values()].filter((module) =>
      module.hasProvider(MODULE_OPTIONS_TOKEN),
    );
    if (registrations.length > 1) {
      throw new DuplicateRegistrationError(
        [...this.modules.values()]
          .filter(({ imports }) => registrations.some((registration) => imports.has(registration)))
          .map(({ name }) => name),
      );
    }
  }
}
