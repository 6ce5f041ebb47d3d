/** Where the reader is. Addresses are dbt's: `#!/model/model.shop.orders?g_v=1&g_i=%2Borders`. */
export interface Route {
  readonly page: string;
  /** unique_id, or the name of a run, job or source. */
  readonly id: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Pages without a resource. */
const PAGES = new Set([
  'overview',
  'graph',
  'runs',
  'run',
  'changes',
  'tests',
  'sources',
  'source_list',
  'jobs',
  'job',
  'syncs',
  'health',
  'live',
  'help',
]);

/** Anchors within dbt's pages, as tabs of ours. */
const ANCHORS: Readonly<Record<string, string>> = {
  columns: 'columns',
  code: 'sql',
  sql: 'sql',
  details: 'columns',
  description: 'columns',
  depends_on: 'used',
  referenced_by: 'used',
  dependents: 'used',
};

/** What an address means. Never fails: what it does not know is the overview, or a page that says so. */
export function parseAddress(hash: string): Route {
  const [whole = '', anchor = ''] = hash.replace(/^#?!?\/?/, '').split('#');
  const at = whole.indexOf('?');
  const path = at < 0 ? whole : whole.slice(0, at);
  const params: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(at < 0 ? '' : whole.slice(at + 1))) params[key] = value;
  const [first = '', ...rest] = path.split('/').map(decode);
  const id = rest.join('/');
  // dbt lays its graph over whatever page is open.
  if (params['g_v'] === '1' && first !== 'graph') {
    const { g_v: _, ...others } = params;
    return {
      page: 'graph',
      id: '',
      params: isResource(first, id) && !others['g_i'] ? { ...others, focus: id } : others,
    };
  }
  if (first === '') return { page: 'overview', id: '', params };
  if (first === 'overview') return { page: 'overview', id, params };
  if (isResource(first, id)) {
    const tab = ANCHORS[anchor];
    return { page: 'node', id, params: tab === undefined || params['tab'] ? params : { ...params, tab } };
  }
  if (PAGES.has(first)) return { page: first, id, params };
  return { page: 'missing', id: path, params };
}

function isResource(page: string, id: string): boolean {
  return id !== '' && !PAGES.has(page) && page !== 'overview';
}

/** `%` that stands for itself is left as it is. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a page; parameters that are empty are left out. */
export function addressOf(page: string, id = '', params: Readonly<Record<string, string | undefined>> = {}): string {
  const path = [page, ...(id === '' ? [] : [encodeURIComponent(id)])].join('/');
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) if (value !== undefined && value !== '') query.set(key, value);
  const text = query.toString();
  return `#!/${path}${text === '' ? '' : `?${text}`}`;
}
