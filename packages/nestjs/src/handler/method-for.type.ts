/** Whether a parameter is typed as a notification, and not as one of the notifications in `N`. */
type CannotTake<Parameter, N> = 0 extends 1 & Parameter
  ? false
  : [NonNullable<Parameter>] extends [{ typeWebhook: infer Kind }]
    ? // A class of the application that leaves the kind open, for a pipe to check.
      string extends Kind
      ? false
      : [N] extends [Parameter]
        ? false
        : true
    : false;

type CannotTakeAny<Parameters extends readonly unknown[], N> = {
  [Index in keyof Parameters]-?: CannotTake<Parameters[Index], N>;
}[number];

/** What `N` is decorated on must be a method whose notification parameters can take `N`. */
export type MethodFor<Method extends (...args: never[]) => unknown, N> =
  true extends CannotTakeAny<Parameters<Method>, N>
    ? { readonly 'The parameter of this method cannot take what this decorator asks for': N }
    : unknown;
