/** Everything of one node that its page shows; lies in chunk `node-<index / perChunk>`. Texts named *Html have been through the sanitizer. */
export interface NodeDetail {
  readonly label: string;
  readonly file: string;
  readonly patchFile: string;
  readonly relation: string;
  readonly descriptionHtml: string;
  readonly owner: string;
  readonly access: string;
  readonly contract: boolean;
  readonly version: string;
  readonly columns: readonly ColumnDetail[];
  readonly raw: string;
  readonly compiled: string;
  readonly config: readonly ConfigEntry[];
  readonly meta: readonly (readonly [string, string])[];
  /** Short facts of its type, such as a source's loader or an exposure's address. */
  readonly facts: readonly (readonly [string, string])[];
  readonly storage?: StorageDetail;
  readonly freshness?: FreshnessDetail;
  /** A test's own: what it tests. */
  readonly column?: string;
  readonly attached?: string;
}

export interface ColumnDetail {
  readonly name: string;
  /** As the database says, else as documented. */
  readonly type: string;
  /** As documented, where the database says otherwise. */
  readonly documentedType?: string;
  readonly descriptionHtml: string;
  readonly tags: readonly string[];
  /** Constraints, in words. */
  readonly constraints: readonly string[];
  /** Index of the tests of this column. */
  readonly tests: readonly number[];
  readonly codec?: string;
  readonly bytes?: number;
  readonly rawBytes?: number;
}

export interface ConfigEntry {
  readonly key: string;
  readonly value: string;
  /** Where it was said: a file, or `default`. */
  readonly from: string;
}

/** What ClickHouse knows of the table. */
export interface StorageDetail {
  readonly engine: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly rows: number | null;
  readonly bytes: number | null;
  readonly parts: number | null;
}

export interface FreshnessDetail {
  readonly status: string;
  readonly maxLoadedAt: string;
  readonly snapshottedAt: string;
  readonly ageSeconds: number | null;
  readonly warnSeconds: number | null;
  readonly errorSeconds: number | null;
  readonly message: string;
}
