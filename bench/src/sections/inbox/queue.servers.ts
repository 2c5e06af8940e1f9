import { Redis } from 'ioredis';
import { Client } from 'pg';

/** The servers on which queues are measured. */
export interface QueueServers {
  readonly postgresUrl: string | undefined;
  readonly redisUrl: string | undefined;
  /** Why something is not measured. */
  readonly skipped: readonly string[];
}

const POSTGRES_URL = 'postgres://postgres@127.0.0.1:5432/postgres';
const REDIS_URL = 'redis://127.0.0.1:6379';
const ANSWER_WITHIN_MS = 3000;

/** Looks for those of `GREEN_TEST_POSTGRES_URL` and `GREEN_TEST_REDIS_URL`, or on the usual ports. */
export async function findServers(): Promise<QueueServers> {
  const { GREEN_TEST_POSTGRES_URL: postgresUrl = POSTGRES_URL } = process.env;
  const { GREEN_TEST_REDIS_URL: redisUrl = REDIS_URL } = process.env;
  const [hasPostgres, hasRedis] = await Promise.all([
    answersPostgres(postgresUrl),
    answersRedis(redisUrl),
  ]);
  return {
    postgresUrl: hasPostgres ? postgresUrl : undefined,
    redisUrl: hasRedis ? redisUrl : undefined,
    skipped: [
      ...(hasPostgres ? [] : ['the inbox on PostgreSQL: no server, set GREEN_TEST_POSTGRES_URL']),
      ...(hasRedis ? [] : ['BullMQ: no Redis, set GREEN_TEST_REDIS_URL']),
    ],
  };
}

export async function dropSchema(connectionString: string, schema: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(`drop schema if exists ${schema} cascade`);
  } finally {
    await client.end();
  }
}

async function answersPostgres(connectionString: string): Promise<boolean> {
  const client = new Client({ connectionString, connectionTimeoutMillis: ANSWER_WITHIN_MS });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function answersRedis(url: string): Promise<boolean> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: ANSWER_WITHIN_MS,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return true;
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}
