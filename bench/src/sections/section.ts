import type { Scale } from '../bench.scale.js';
import type { Children } from '../processes/children.js';

/** What every section of the bench works with. */
export interface Surroundings {
  readonly children: Children;
  readonly scale: Scale;
  /** Tells the user what is going on. */
  readonly progress: (text: string) => void;
}
