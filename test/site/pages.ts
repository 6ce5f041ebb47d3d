/** An address of every kind of page of the sample project. */
export const PAGES: readonly string[] = [
  '#!/overview',
  '#!/graph',
  '#!/graph?view=list',
  '#!/graph?g_i=tag:daily%2B',
  '#!/graph?focus=exposure.shop.dashboard',
  '#!/runs',
  '#!/run/0000-run-2',
  '#!/run/0000-run-1..0000-run-2',
  '#!/tests',
  '#!/sources',
  '#!/source_list/raw',
  '#!/jobs',
  '#!/job/daily',
  '#!/syncs',
  '#!/sync/sync.shop.push',
  '#!/exposure/exposure.shop.dashboard',
  '#!/macro/macro.shop.money',
  '#!/thing/thing.shop.new',
  '#!/changes',
  '#!/health',
  '#!/live',
  '#!/graph?focus=exposure.shop.dashboard&cols=1',
  '#!/help',
  '#!/model/model.shop.not_there',
];

/** The tabs of a model's page. */
export const TABS: readonly string[] = ['columns', 'sql', 'tests', 'runs', 'storage', 'config', 'used'];
