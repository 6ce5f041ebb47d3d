import type { Driver } from '../adapter/index.ts';
import type { Project } from '../model/index.ts';
import { isDataMap } from '../util/data.ts';

/** An engine within this process that is loaded when it is first asked for; checks may share it, one after the other. */
export interface CheckEngine {
  /** With the settings of the project's target. */
  open(project: Project): Promise<Driver>;
  close(): Promise<void>;
}

export function checkEngine(): CheckEngine {
  let opened: { readonly settings: string; readonly driver: Promise<Driver> } | undefined;
  const close = async (): Promise<void> => {
    const { driver } = opened ?? {};
    opened = undefined;
    await (await driver)?.close();
  };
  return {
    async open({ target }) {
      const { custom_settings: given } = target.credentials;
      const settings = isDataMap(given) ? (given as Record<string, string | number | boolean>) : {};
      const key = JSON.stringify(settings);
      if (opened?.settings !== key) {
        await close();
        const { openEngine } = await import('../adapter/index.ts');
        opened = { settings: key, driver: openEngine(settings) };
      }
      return opened!.driver;
    },
    close,
  };
}
