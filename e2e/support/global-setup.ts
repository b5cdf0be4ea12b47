// Starts a portal with the two tenants of the demo, unless one was started for the tests.

import { EVERY_GATE, ONE_NETWORK, Portal, UNHINDERED, freePort } from './stack';

export default async function setup(): Promise<(() => Promise<void>) | void> {
  if (process.env.POSTERN_URL) return;
  const portal = await Portal.start(await freePort(), { settings: UNHINDERED });
  const contoso = await portal.add({ id: 'contoso', policy: `unknown_names = "tell"\n${EVERY_GATE}\n${ONE_NETWORK}` });
  const policy = `unknown_names = "decoy"\ngates_required = 2\n${ONE_NETWORK}`;
  const fabrikam = await portal.add({ id: 'fabrikam', name: 'Fabrikam', color: '#7a2048', policy });
  process.env.POSTERN_URL = portal.url;
  process.env.POSTERN_FOLDER = portal.folder;
  process.env.POSTERN_PIDS = JSON.stringify({
    portal: portal.pid,
    contoso: contoso.pid,
    fabrikam: fabrikam.pid,
  });
  return async () => {
    await Promise.all([contoso.kill(), fabrikam.kill()]);
    await portal.stop();
  };
}
