type IsAny<T> = 0 extends 1 & T ? true : false;

/** Whether a parameter is meant to take a notification, but not the ones in `N`. */
type CannotTake<Parameter, N> =
  IsAny<Parameter> extends true
    ? false
    : [Parameter] extends [{ typeWebhook: unknown }]
      ? [N] extends [Parameter]
        ? false
        : true
      : false;

type CannotTakeAny<Parameters extends readonly unknown[], N> = {
  [Index in keyof Parameters]: CannotTake<Parameters[Index], N>;
}[number];

/** What `N` is decorated on must be a method whose notification parameters can take `N`. */
export type MethodFor<Method extends (...args: never[]) => unknown, N> =
  true extends CannotTakeAny<Parameters<Method>, N>
    ? { readonly 'A parameter of this method cannot take the notifications it asks for': N }
    : unknown;
