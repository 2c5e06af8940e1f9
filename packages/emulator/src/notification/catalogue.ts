import { accountCatalogue } from './account.catalogue.js';
import type { CatalogueItem } from './catalogue.item.js';
import { messageCatalogue } from './message.catalogue.js';

/** Every kind of notification that is documented, in order: messages first, then the rest. */
export const catalogue: readonly CatalogueItem[] = [...messageCatalogue(), ...accountCatalogue()];
