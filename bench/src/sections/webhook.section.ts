import type { Child, Children } from '../processes/children.js';
import type { SenderCommands } from '../servers/sender.main.js';
import type { ServerCommands } from '../servers/server.main.js';
import type { ServerName } from '../servers/servers.js';
import { ratiosOf, type Spread, spreadOf } from '../statistics.js';
import { inTurns, WARMED_UP_AT_ONCE } from './in-turns.js';
import type { Surroundings } from './section.js';

export interface WebhookFigures {
  /** CPU time of the server's process for each POST, in microseconds: the median of the rounds. */
  readonly cpuMicros: number;
  readonly cpuMicrosSpread: Spread;
  readonly perSecond: number;
  readonly posts: number;
  /** Answers other than 200. */
  readonly refused: number;
  /** Answered with 200, and not handled. */
  readonly neverHandled: number;
}

export interface PlatformResult {
  readonly ours: WebhookFigures;
  readonly handWrittenController: WebhookFigures;
  /** CPU time by hand, divided by CPU time of ours in the same round. */
  readonly ratioToHandWrittenController: number;
  readonly ratioToHandWrittenControllerSpread: Spread;
}

interface ServersResult {
  readonly express: PlatformResult;
  readonly fastify: PlatformResult;
  readonly bareHttp?: WebhookFigures;
}

/** With as many posts as the servers can take, and at the speed of GREEN-API. */
export interface WebhookResult extends ServersResult {
  readonly instances: number;
  readonly atGreenApiSpeed?: ServersResult;
}

interface Round {
  readonly cpuMicrosEach: number;
  readonly perSecond: number;
  readonly posts: number;
  readonly refused: number;
  readonly neverHandled: number;
}

interface Server {
  readonly name: ServerName;
  readonly port: number;
  readonly child: Child<ServerCommands>;
}

/** GREEN-API sends about 50 notifications a second for each instance. */
const GREEN_API_INTERVAL_MS = 20;
const INSTANCES = Array.from({ length: 20 }, (_, index) => 1101000001 + index);

/** How much CPU time each server spends on a webhook. */
export async function measureWebhook({
  children,
  scale,
  progress,
}: Surroundings): Promise<WebhookResult> {
  const { servers: names, warmUpMs, alsoAtGreenApiSpeed } = scale.webhook;
  progress('webhook: starting the servers');
  const sender = await children.start<SenderCommands>('servers/sender.main');
  const servers = await Promise.all(names.map((name) => startServer(children, name)));
  progress('webhook: warming up');
  await inTurns(servers, WARMED_UP_AT_ONCE, (server) => post(sender, server, warmUpMs, 0));
  const measureAt = async (intervalMs: number) => {
    const measured = new Map<ServerName, Round[]>(names.map((name) => [name, []]));
    for (let round = 1; round <= scale.webhook.rounds; round += 1) {
      progress(
        `webhook, ${intervalMs} ms between posts: round ${round} of ${scale.webhook.rounds}`,
      );
      for (const server of servers) {
        measured
          .get(server.name)!
          .push(await post(sender, server, scale.webhook.forMs, intervalMs));
      }
    }
    return resultOf(measured);
  };
  const result = {
    instances: INSTANCES.length,
    ...(await measureAt(0)),
    ...(alsoAtGreenApiSpeed && { atGreenApiSpeed: await measureAt(GREEN_API_INTERVAL_MS) }),
  };
  children.end(sender, ...servers.map(({ child }) => child));
  return result;
}

function resultOf(measured: ReadonlyMap<ServerName, readonly Round[]>): ServersResult {
  const roundsOf = (name: ServerName) => measured.get(name)!;
  const bareHttp = measured.get('bareHttp');
  return {
    express: platformOf(roundsOf('oursOnExpress'), roundsOf('byHandOnExpress')),
    fastify: platformOf(roundsOf('oursOnFastify'), roundsOf('byHandOnFastify')),
    ...(bareHttp && { bareHttp: figuresOf(bareHttp) }),
  };
}

async function startServer(children: Children, name: ServerName): Promise<Server> {
  const child = await children.start<ServerCommands>('servers/server.main', name);
  return { name, child, port: await child.ask('start', INSTANCES) };
}

async function post(
  sender: Child<SenderCommands>,
  server: Server,
  forMs: number,
  intervalMs: number,
): Promise<Round> {
  const before = await server.child.ask('usage');
  const startedAtMs = performance.now();
  const sending = { port: server.port, instances: INSTANCES, forMs, intervalMs };
  const { posts, refused } = await sender.ask('send', sending);
  const seconds = (performance.now() - startedAtMs) / 1000;
  const after = await server.child.ask('usage');
  return {
    cpuMicrosEach: (after.cpuMicros - before.cpuMicros) / posts,
    perSecond: posts / seconds,
    posts,
    refused,
    neverHandled: posts - refused - (after.handled - before.handled),
  };
}

function platformOf(ours: readonly Round[], byHand: readonly Round[]): PlatformResult {
  const cpuOf = (rounds: readonly Round[]) => rounds.map(({ cpuMicrosEach }) => cpuMicrosEach);
  const ratio = ratiosOf(cpuOf(byHand), cpuOf(ours));
  return {
    ours: figuresOf(ours),
    handWrittenController: figuresOf(byHand),
    ratioToHandWrittenController: ratio.median,
    ratioToHandWrittenControllerSpread: ratio,
  };
}

function figuresOf(rounds: readonly Round[]): WebhookFigures {
  const sum = (of: (round: Round) => number) => rounds.reduce((all, one) => all + of(one), 0);
  const cpuMicrosSpread = spreadOf(rounds.map(({ cpuMicrosEach }) => cpuMicrosEach));
  return {
    cpuMicros: cpuMicrosSpread.median,
    cpuMicrosSpread,
    perSecond: spreadOf(rounds.map(({ perSecond }) => perSecond)).median,
    posts: sum(({ posts }) => posts),
    refused: sum(({ refused }) => refused),
    neverHandled: sum(({ neverHandled }) => neverHandled),
  };
}
