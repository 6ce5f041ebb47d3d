/** OpenLineage's events (https://openlineage.io/spec/2-0-2/OpenLineage.json): a run of a job, and below it one of each node it built. */

const SPEC = 'https://openlineage.io/spec';

/** Who and what all events of one run of a job have in common. */
export interface LineageRun {
  /** Of jobs: whose they are. */
  readonly namespace: string;
  /** Of tables: where they lie, `clickhouse://host:8123`. */
  readonly server: string;
  readonly project: string;
  readonly job: string;
  readonly description: string;
  /** UUID */
  readonly runId: string;
  /** URI of what made the events. */
  readonly producer: string;
}

export type EventType = 'START' | 'RUNNING' | 'COMPLETE' | 'ABORT' | 'FAIL';

/** `database.table`. */
export type TableName = string;

/** One node that was built. */
export interface LineageNode {
  /** UUID of this building of it. */
  readonly runId: string;
  /** unique_id */
  readonly name: string;
  readonly description: string;
  readonly inputs: readonly TableName[];
  /** Undefined for what makes no table, such as a test. */
  readonly output: TableName | undefined;
  /** Column -> what it is made of; undefined where nobody has looked. */
  readonly columns:
    | Readonly<Record<string, readonly { readonly table: TableName; readonly column: string }[]>>
    | undefined;
  /** Columns with their types, where they are known. */
  readonly fields: readonly { readonly name: string; readonly type: string }[];
}

/** An event of the job's own run. `at`: ISO 8601. */
export function jobEvent(run: LineageRun, eventType: EventType, at: string, error?: string): object {
  const facet = facetsOf(run);
  return {
    ...head(run, eventType, at),
    run: { runId: run.runId, facets: errorFacet(facet, error) },
    job: {
      namespace: run.namespace,
      name: `${run.project}.${run.job}`,
      facets: {
        jobType: facet('2-0-4/JobTypeJobFacet', { processingType: 'BATCH', integration: 'TSDBT', jobType: 'JOB' }),
        ...documented(facet, run.description),
      },
    },
    inputs: [],
    outputs: [],
  };
}

/** An event of one node's building, a child of the job's run. */
export function nodeEvent(
  run: LineageRun,
  node: LineageNode,
  eventType: EventType,
  at: string,
  error?: string,
): object {
  const facet = facetsOf(run);
  const parent = { run: { runId: run.runId }, job: { namespace: run.namespace, name: `${run.project}.${run.job}` } };
  return {
    ...head(run, eventType, at),
    run: { runId: node.runId, facets: { parent: facet('1-2-0/ParentRunFacet', parent), ...errorFacet(facet, error) } },
    job: {
      namespace: run.namespace,
      name: node.name,
      facets: {
        jobType: facet('2-0-4/JobTypeJobFacet', { processingType: 'BATCH', integration: 'TSDBT', jobType: 'MODEL' }),
        ...documented(facet, node.description),
      },
    },
    inputs: node.inputs.map((name) => ({ namespace: run.server, name })),
    outputs:
      node.output === undefined ? [] : [{ namespace: run.server, name: node.output, facets: outputFacets(run, node) }],
  };
}

function outputFacets(run: LineageRun, { columns, fields }: LineageNode): object {
  const facet = facetsOf(run);
  const lineage = Object.entries(columns ?? {}).map(([name, sources]) => {
    const inputFields = sources.map(({ table, column }) => ({ namespace: run.server, name: table, field: column }));
    return [name, { inputFields }] as const;
  });
  return {
    ...(fields.length > 0 ? { schema: facet('1-2-0/SchemaDatasetFacet', { fields }) } : {}),
    ...(columns === undefined
      ? {}
      : { columnLineage: facet('1-2-0/ColumnLineageDatasetFacet', { fields: Object.fromEntries(lineage) }) }),
  };
}

function head({ producer }: LineageRun, eventType: EventType, eventTime: string) {
  return { eventType, eventTime, producer, schemaURL: `${SPEC}/2-0-2/OpenLineage.json#/$defs/RunEvent` };
}

type Facet = (schema: string, value: object) => object;

/** `2-0-4/JobTypeJobFacet`: version and name, by which the specification files it. */
function facetsOf({ producer }: LineageRun): Facet {
  return (schema, value) => {
    const name = schema.split('/')[1];
    return { _producer: producer, _schemaURL: `${SPEC}/facets/${schema}.json#/$defs/${name}`, ...value };
  };
}

function errorFacet(facet: Facet, message: string | undefined): object {
  if (message === undefined) return {};
  return { errorMessage: facet('1-0-1/ErrorMessageRunFacet', { message, programmingLanguage: 'SQL' }) };
}

function documented(facet: Facet, description: string): object {
  return description === '' ? {} : { documentation: facet('1-1-0/DocumentationJobFacet', { description }) };
}
