// The Bot API client, with every call measured: how long it took in all, and whether it was done, refused or never answered.
import type { ChannelError } from '../../app/ports/channel.ts';
import type { Telemetry } from '../../app/ports/telemetry.ts';
import type { Result } from '../../domain/result.ts';
import type { BotApi } from './bot-api.ts';

const wordOf = (result: Result<unknown, ChannelError>): string => (result.ok ? 'ok' : result.error.kind);

export const measureCalls = (api: BotApi, telemetry: Pick<Telemetry, 'measure'>): BotApi => ({
  ...api,
  call: (method, params) => telemetry.measure({ kind: 'telegramCall', method }, () => api.call(method, params), wordOf),
});
