/** The values known today, offered by the editor, and any string GREEN-API may add tomorrow. */
export type OpenString<Known extends string> = Known | (string & {});

/** The values of an `OpenString` that are known today. */
export type KnownIn<Value> = Value extends string ? (string extends Value ? never : Value) : never;
