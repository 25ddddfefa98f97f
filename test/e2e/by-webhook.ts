// The bot behind a webhook: what Telegram would call over the internet is its own loopback address here.
import { secret } from '../../src/adapters/system/secret.ts';
import type { Config } from '../../src/config.ts';
import { freePort } from '../free-port.ts';

export const WEBHOOK_SECRET = 'secret-of-the-webhook-1';

/** How to configure a shop for updates by webhook, and where its HTTP server will be. */
export const byWebhook = async (): Promise<{ readonly configure: (config: Config) => Config; readonly url: string }> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    configure: (config) => ({
      ...config,
      http: { host: '127.0.0.1', port },
      telegram: { ...config.telegram, webhook: { publicUrl: url, secret: secret(WEBHOOK_SECRET) } },
    }),
  };
};
