import { plainToInstance, Transform } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsUrl,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  type ValidationArguments,
  validateSync,
} from 'class-validator';

import { InvalidEnvironmentError } from './invalid-environment.error.js';

/** The environment variables of the sample app; the README lists them. */
export class Environment {
  @IsIn(['polling', 'webhook'], { message: '$property must be polling or webhook' })
  readonly GREEN_API_TRANSPORT: 'polling' | 'webhook' = 'polling' as const;

  @IsUrl(
    { protocols: ['http', 'https'], require_protocol: true, require_tld: false },
    { message: '$property must be a URL such as https://api.green-api.com' },
  )
  readonly GREEN_API_URL: string = 'https://api.green-api.com';

  @Matches(/^\d+$/, {
    message: '$property must be the idInstance of the GREEN-API console: digits only',
  })
  readonly GREEN_API_INSTANCE!: string;

  @Matches(/^\S+$/, { message: '$property must be the apiTokenInstance of the GREEN-API console' })
  readonly GREEN_API_TOKEN!: string;

  @Matches(/^[\w.~/-]+$/, { message: '$property must be a path such as green-api/webhook' })
  readonly GREEN_API_WEBHOOK_PATH: string = 'green-api/webhook';

  /** Required for the webhook: without it, anyone could post notifications. */
  @ValidateIf(({ GREEN_API_TRANSPORT }: Environment) => GREEN_API_TRANSPORT === 'webhook')
  @Matches(/^\S+$/, {
    message: '$property must be the webhookUrlToken of the GREEN-API console; the webhook needs it',
  })
  readonly GREEN_API_WEBHOOK_TOKEN?: string;

  /**
   * Where notifications are stored before they are handled. It may contain a password, so no message
   * shows the value.
   */
  @ValidateBy(
    { name: 'isInboxPlace', validator: { validate: isInboxPlace } },
    {
      message:
        '$property must be none, pglite:<directory>, or postgres://user:password@host:5432/database',
    },
  )
  readonly GREEN_API_INBOX: string = 'none';

  /** A role would have no effect without an inbox. */
  @IsIn(['all', 'receiver', 'worker'], { message: '$property must be all, receiver or worker' })
  @ValidateBy(
    {
      name: 'needsInbox',
      validator: {
        validate: (role, { object }: ValidationArguments) =>
          role === 'all' || (object as Environment).GREEN_API_INBOX !== 'none',
      },
    },
    { message: '$property must be all, because GREEN_API_INBOX is none; set both' },
  )
  readonly GREEN_API_INBOX_ROLE: 'all' | 'receiver' | 'worker' = 'all' as const;

  @Transform(({ value }) => Number(value))
  @IsInt({ message: '$property must be a port number' })
  @Min(0, { message: '$property must be a port number' })
  @Max(65_535, { message: '$property must be a port number' })
  readonly PORT: number = 3000;

  /**
   * The chats whose spells work, such as "fail 2": their ids with commas between, or `*` for all.
   * Without it no spell works, because spells hold up the instance.
   */
  @IsOptional()
  @Matches(/^\s*[^\s,]+(\s*,\s*[^\s,]+)*\s*$/, {
    message: '$property must be chat ids with commas between, or *',
  })
  readonly SAMPLE_SPELLS?: string;

  /**
   * The path of a file for one JSON line per notification. It contains chat ids and texts, so only
   * its owner can read it.
   */
  @IsOptional()
  readonly AUDIT_LOG?: string;

  /**
   * The path of the dead letter file. `false` stores no dead letters: failed handlers are retried.
   */
  @IsOptional()
  readonly DEAD_LETTERS?: string;
}

/**
 * Reads and checks the environment. An empty variable counts as missing.
 *
 * @throws {InvalidEnvironmentError}
 */
export function readEnvironment(variables: Record<string, unknown>): Environment {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  );
  const environment = plainToInstance(Environment, given, { exposeDefaultValues: true });
  const errors = validateSync(environment, { stopAtFirstError: true });
  if (errors.length > 0) {
    throw new InvalidEnvironmentError(
      errors.map(({ property, constraints }) => {
        const [message = `${property} is wrong`] = Object.values(constraints ?? {});
        return property in given ? message : `${message} (it is not set)`;
      }),
    );
  }
  return environment;
}

function isInboxPlace(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const isServer = /^postgres(?:ql)?:\/\//.test(value) && URL.canParse(value);
  return value === 'none' || /^pglite:.+$/.test(value) || isServer;
}
