/** Any string. Editors suggest the values that are known today; GREEN-API may add others. */
export type OpenString<Known extends string> = Known | (string & {});

/** The known values of an `OpenString`. */
export type KnownIn<Value> = Value extends string ? (string extends Value ? never : Value) : never;
